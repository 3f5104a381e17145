/** A real run of the built action against the simulator, and the job summary it leaves. */
import { type Simulator, startSimulator, type Variants } from '../simulator/index.ts'
import { type GitHub, startGitHub } from '../test/harness/github.ts'
import { runStep, type StepOptions } from '../test/harness/runner.ts'

export type Inputs = Readonly<Record<string, string>>

export interface Situation {
  /** Of its files. */
  name: string
  about: string
  /** Output `status`, so that no page is of another situation than its name says. */
  ends: string
  /** What must be on the page, where the status alone does not tell. */
  shows?: string
  variants?: Partial<Variants>
  /** Whether clusters have an endpoint that answers. Its address is one of this machine. */
  dataPlane?: true
  /** Makes the world as it must be before the step. */
  arrange: (cloud: Simulator, github: GitHub) => { inputs: Inputs; options?: StepOptions }
}

/** World seconds per real second: a backup of three minutes takes three seconds. */
const fast = 60

/** Every run begins then, so that pages change only when the action does. */
const start = Date.UTC(2026, 10, 25, 9, 30)

/** As GitHub names an action that is used from its repository. */
const env = {
  GITHUB_ACTION_REPOSITORY: 'OWNER/zilliz-cloud-backup-restore',
  GITHUB_ACTION_REF: 'v1',
}

/**
 * The summaries of a step and of its post stage, in the order in which GitHub shows them: Markdown.
 *
 * @param speed the lower, the less the durations on a page depend on how busy the machine is
 */
export async function summariesOf(situation: Situation, speed = fast): Promise<string[]> {
  const { name, ends, shows = '', variants = {}, dataPlane = false, arrange } = situation
  await using cloud = await startSimulator({ speed, start, jobSeconds: 45, variants, dataPlane })
  await using github = await startGitHub()
  github.now = () => cloud.world.now()
  const { inputs, options } = arrange(cloud, github)
  const result = await runStep({
    with: { 'api-key': cloud.apiKey, 'base-url': cloud.baseUrl, ...inputs },
    secrets: [cloud.apiKey],
    clock: cloud.clock,
    env: { ...env, GITHUB_API_URL: github.url },
    githubToken: github.token,
    post: 'auto',
    ...options,
  })
  const summaries = [result.summary, result.post?.summary ?? ''].filter(text => text !== '')
  const { status } = result.outputs
  const problems = [
    ...(status === ends ? [] : [`it ended as ${status}, not as ${ends}`]),
    ...(summaries.join('').includes(shows) ? [] : [`its page does not hold "${shows}"`]),
    ...cloud.problems.map(({ text }) => text),
  ]
  if (problems.length > 0) throw new Error(`${name}: ${problems.join('; ')}\n${result.log.join('\n')}`)
  return summaries
}
