import { delimiter, dirname } from 'node:path'
import type { CommandFiles, JobFolder } from './job-folder.ts'

/** Where requests to GitHub go unless a test says otherwise: refused at once, and nothing leaves the machine. */
const nowhere = 'http://127.0.0.1:9'

/** The token of the job's own services; a real runner hands one to every step. */
export const runtimeToken = 'runtime-token-of-the-harness'

/** What the environment of a stage depends on. */
type EnvironmentOf = {
  folder: JobFolder
  files: CommandFiles
  action: string
  node: string
  eventPath: string
  eventName: string
  debug: boolean
}

/** The same in every run. */
const constant = {
  LANG: 'C.UTF-8',
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTION: '__self',
  GITHUB_ACTOR: 'octocat',
  GITHUB_ACTOR_ID: '583231',
  GITHUB_TRIGGERING_ACTOR: 'octocat',
  GITHUB_API_URL: nowhere,
  GITHUB_GRAPHQL_URL: `${nowhere}/graphql`,
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_BASE_REF: '',
  GITHUB_HEAD_REF: '',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REF_NAME: 'main',
  GITHUB_REF_PROTECTED: 'false',
  GITHUB_REF_TYPE: 'branch',
  GITHUB_JOB: 'job',
  GITHUB_REPOSITORY: 'octo-org/octo-repo',
  GITHUB_REPOSITORY_ID: '1296269',
  GITHUB_REPOSITORY_OWNER: 'octo-org',
  GITHUB_REPOSITORY_OWNER_ID: '6811672',
  GITHUB_RETENTION_DAYS: '90',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_ID: '1658821493',
  GITHUB_RUN_NUMBER: '3',
  GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
  GITHUB_WORKFLOW: 'workflow',
  GITHUB_WORKFLOW_REF: 'octo-org/octo-repo/.github/workflows/workflow.yml@refs/heads/main',
  GITHUB_WORKFLOW_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
  RUNNER_ARCH: 'X64',
  RUNNER_ENVIRONMENT: 'github-hosted',
  RUNNER_NAME: 'GitHub Actions 1',
  RUNNER_OS: 'Linux',
  ACTIONS_RUNTIME_URL: `${nowhere}/`,
  ACTIONS_RUNTIME_TOKEN: runtimeToken,
  ACTIONS_CACHE_URL: `${nowhere}/`,
  ACTIONS_RESULTS_URL: `${nowhere}/`,
}

const systemPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** What a hosted Linux runner sets, and nothing of the developer's own environment. */
export function runnerEnvironment(of: EnvironmentOf): Record<string, string> {
  return {
    ...constant,
    PATH: [dirname(of.node), ...systemPath].join(delimiter),
    HOME: of.folder.home,
    GITHUB_ACTION_PATH: of.action,
    GITHUB_EVENT_NAME: of.eventName,
    GITHUB_EVENT_PATH: of.eventPath,
    GITHUB_WORKSPACE: of.folder.workspace,
    GITHUB_OUTPUT: of.files.output,
    GITHUB_STATE: of.files.state,
    GITHUB_ENV: of.files.env,
    GITHUB_PATH: of.files.path,
    GITHUB_STEP_SUMMARY: of.files.summary,
    RUNNER_TEMP: of.folder.temp,
    RUNNER_TOOL_CACHE: of.folder.tools,
    RUNNER_WORKSPACE: dirname(of.folder.workspace),
    ...(of.debug ? { RUNNER_DEBUG: '1' } : {}),
  }
}
