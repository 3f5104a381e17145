/** How long after its job a step ends, in real time, beside what waits for jobs in today's workflows. */
import { type Simulator, startSimulator, type Variants } from '../simulator/index.ts'
import type { NodeVersion } from '../test/harness/nodes.ts'
import { type Figure, figure, type Table } from './figures.ts'
import { lagLimit } from './lag-limit.ts'
import type { Bench } from './measurement.ts'
import { step } from './programs.ts'
import { atMost, median } from './statistics.ts'
import { type Waiter, waitersHere } from './waiters.ts'

/** Seconds of a job, how often it is waited for, and how many do so at a time: what mostly sleeps disturbs little. */
const jobs = [
  { seconds: 0.3, usual: 5, atOnce: 1 },
  { seconds: 1.3, usual: 5, atOnce: 1 },
  { seconds: 4.7, usual: 5, atOnce: 2 },
  { seconds: 17.3, usual: 3, atOnce: 4 },
  { seconds: 61, usual: 1, atOnce: 8 },
] as const
const waitersAtOnce = 4

const courses = {
  linear: {},
  stuck: { progressCourse: 'stuck' },
  jumping: { progressCourse: 'jumping' },
  none: { progress: 'missing' },
} as const satisfies Record<string, Partial<Variants>>

type Course = keyof typeof courses
const courseNames = Object.keys(courses) as Course[]

/** One wait for one job. */
interface Wait {
  who: string
  /** Of the job. */
  seconds: number
  lag: number
  looks: number
}

const stepOn = (node: NodeVersion, course: Course) => `step ${course} ${node}`

export async function measureLag(bench: Bench): Promise<Table[]> {
  const { here, skipped } = waitersHere()
  const waits = await waitForAllJobs(bench, here)
  const { nodes } = bench
  const at = (seconds: number, who: string) =>
    waits.filter(wait => wait.seconds === seconds && wait.who === who)
  const lag = (seconds: number, who: string) => median(at(seconds, who).map(wait => wait.lag))
  const looks = (seconds: number, who: string) => median(at(seconds, who).map(wait => wait.looks))
  const ofSteps = jobs.flatMap(({ seconds }) =>
    courseNames.map(course => {
      const about = { name: nameOf(seconds, course), unit: 's' as const, limit: lagLimit(seconds, course) }
      return figure(about, nodes, node => lag(seconds, stepOn(node, course)))
    }),
  )
  const ofWaiters = jobs.flatMap(({ seconds }) =>
    here.map(({ name }) =>
      figure({ name: `job of ${seconds} s: ${name}`, unit: 's' }, nodes, () => lag(seconds, name)),
    ),
  )
  const loops = here.filter(({ isLoop }) => isLoop)
  const ahead = jobs.map(({ seconds }) =>
    figure({ name: `job of ${seconds} s`, unit: 's', limit: 0 }, nodes, node => {
      const slowest = Math.max(...courseNames.map(course => lag(seconds, stepOn(node, course))))
      return Math.min(...loops.map(({ name }) => lag(seconds, name))) - slowest
    }),
  )
  const allLooks: Figure[] = jobs.flatMap(({ seconds }) =>
    courseNames.map(course =>
      figure({ name: nameOf(seconds, course), unit: 'looks' }, nodes, node =>
        looks(seconds, stepOn(node, course)),
      ),
    ),
  )
  const notes = [
    'From the end of the job to the end of the whole process, create-backup; medians.',
    'Stuck: at 90 % from a tenth of the time on. Jumping: up and down. No: none is shown.',
  ]
  return [
    { title: 'Lag behind the job', better: 'lower', figures: ofSteps, notes },
    { title: 'Lag of what is used today', better: 'lower', figures: ofWaiters, notes: skipped },
    {
      title: 'How much earlier than the faster loop the slowest of these steps ends',
      better: 'higher',
      figures: ahead,
    },
    { title: 'Looks at the job, real', better: 'lower', figures: allLooks },
  ]
}

function nameOf(seconds: number, course: Course): string {
  return `job of ${seconds} s, ${course === 'none' ? 'no' : course} progress`
}

async function waitForAllJobs({ nodes, rounds }: Bench, here: readonly Waiter[]): Promise<Wait[]> {
  const waits: Wait[] = []
  const clouds: Simulator[] = []
  const ofWaiters: (() => Promise<void>)[] = []
  const work: Promise<void>[] = []
  try {
    for (const { seconds, usual, atOnce } of jobs) {
      const ofSteps: (() => Promise<void>)[] = []
      for (const course of courseNames) {
        const cloud = await startSimulator({ jobSeconds: seconds, variants: courses[course] })
        clouds.push(cloud)
        const stepsOf = (node: NodeVersion) =>
          times(rounds(usual), async () => {
            waits.push({ who: stepOn(node, course), seconds, ...(await waitWithStep(cloud, node)) })
          })
        ofSteps.push(...nodes.flatMap(stepsOf))
        if (course !== 'linear') continue
        for (const waiter of here) {
          const task = async () => {
            waits.push({ who: waiter.name, seconds, ...(await waitWith(cloud, waiter)) })
          }
          ofWaiters.push(...times(Math.min(3, rounds(usual)), task))
        }
      }
      work.push(atMost(atOnce, ofSteps))
    }
    work.push(atMost(waitersAtOnce, ofWaiters))
    await Promise.all(work)
  } finally {
    for (const cloud of clouds) await cloud.close()
  }
  return waits
}

function times<T>(count: number, item: T): T[] {
  return Array.from({ length: count }, () => item)
}

/** A backup of a cluster of its own: one at a time is allowed for each. */
async function waitWithStep(cloud: Simulator, node: NodeVersion): Promise<Pick<Wait, 'lag' | 'looks'>> {
  const { clusterId } = cloud.world.addCluster({})
  const inputs = { operation: 'create-backup', 'cluster-id': clusterId }
  let startedAt = Number.NaN
  const onStart = () => {
    startedAt = Date.now()
  }
  const { durationMs, outputs } = await step(cloud, inputs, { node, onStart })
  return seenOf(cloud, outputs.jobId ?? '', startedAt + durationMs)
}

async function waitWith(cloud: Simulator, { wait }: Waiter): Promise<Pick<Wait, 'lag' | 'looks'>> {
  const { clusterId } = cloud.world.addCluster({})
  const { job } = cloud.world.startManualBackup(clusterId)
  if (job === undefined) throw new Error('a backup without a job')
  await wait(cloud, job.jobId)
  return seenOf(cloud, job.jobId, Date.now())
}

/** @param endedAt real milliseconds, which are those of the world here */
function seenOf({ world, requests }: Simulator, jobId: string, endedAt: number): Pick<Wait, 'lag' | 'looks'> {
  return {
    lag: (endedAt - world.job(jobId).endsAt) / 1_000,
    looks: requests.filter(({ path }) => path === `/v2/jobs/${jobId}`).length,
  }
}
