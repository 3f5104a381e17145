/** Which request of an undisturbed run a matcher hits. */
import { type RequestRecord, startSimulator } from '../../simulator/index.ts'
import { inOrder, isChange } from '../harness/data-requests.ts'
import type { GitHub } from '../harness/github.ts'
import { runPost, runStep, type StepResult } from '../harness/runner.ts'
import { openDoor } from './door.ts'
import { fits, isInside, type Matcher, type Scenario } from './fixture.ts'
import { openGitHub } from './github.ts'

export interface Trace {
  step: StepResult
  post: StepResult | undefined
  /** What each target hits first. */
  hits: Record<string, string>
}

/** World seconds per second: slow enough for what a scenario lets happen at a certain time. */
const speed = 20

/** Runs a scenario without faults. */
export async function traceOf(scenario: Scenario): Promise<Trace> {
  await using cloud = await startSimulator({ speed, dataPlane: scenario.dataPlane ?? false })
  const fixture = scenario.open(cloud)
  const { inputs, matchers, post: hasPost } = fixture
  await using github = await openGitHub(cloud, fixture)
  await using door = await openDoor(cloud, scenario)
  const { apiKey, clock } = cloud
  const access = { 'api-key': apiKey, 'base-url': door.baseUrl, timeout: '3m' }
  const step = await runStep({
    with: { ...access, ...inputs },
    secrets: [apiKey],
    clock,
    githubToken: github.token,
    env: { ...door.env, ...(fixture.pulls && { GITHUB_API_URL: github.url }) },
  })
  const end = cloud.requests.length
  const post = hasPost ? await runPost(step) : undefined
  const stages = { main: cloud.requests.slice(0, end), post: cloud.requests.slice(end) }
  const hits = scenario.targets.map(({ name, of, after }) => {
    if (of === 'pull-request') return [name, placeAtGitHub(matchers[name] as Matcher, github)]
    const stage = after ? stages.post : stages.main
    const all = isInside(of) ? inOrder(stage, cloud.dataRequests) : stage
    const place = placeOf(matchers[name] as Matcher, all)
    // What follows is told only where the name promises it.
    return [name, name.includes('before') ? place : place.replace(/, right before .*/, '')]
  })
  return { step, post, hits: Object.fromEntries(hits) }
}

/** `what it is, the how manieth of its path, after the change before it`, and the change that comes next, if one does. */
function placeOf(matcher: Matcher, stage: readonly RequestRecord[]): string {
  const hit = stage.filter(request => fits(matcher, request))[matcher.skip ?? 0]
  if (hit === undefined) return 'nothing'
  const index = stage.indexOf(hit)
  const same = stage.slice(0, index).filter(one => one.method === hit.method && one.path === hit.path)
  const last = stage.slice(0, index).findLast(isChange)
  const next = stage[index + 1]
  return [
    `${hit.operationId} ${same.length + 1}`,
    ...(last === undefined ? [] : [`after ${last.operationId}`]),
    ...(next !== undefined && isChange(next) ? [`right before ${next.operationId}`] : []),
  ].join(', ')
}

function placeAtGitHub({ method, path, skip = 0 }: Matcher, { requests }: GitHub): string {
  const same = requests.filter(one => one.method === method && new RegExp(path).test(one.path))
  return same.length > skip ? `question ${skip + 1} to GitHub` : 'nothing'
}
