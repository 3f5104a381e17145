/** Undefined where the runner does not show where the repository is. */
export function pullRequestUrl(number: number): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env
  return server && repository ? `${server}/${repository}/pull/${number}` : undefined
}
