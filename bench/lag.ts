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
  const { nodes } = bench
  const { here, skipped } = waitersHere()
  const waits = await waitForAllJobs(bench, here)
  const medianOf = (what: 'lag' | 'looks', seconds: number, who: string) =>
    median(waits.filter(wait => wait.seconds === seconds && wait.who === who).map(wait => wait[what]))
  const lag = (seconds: number, who: string) => medianOf('lag', seconds, who)
  const loops = here.filter(({ isLoop }) => isLoop)
  return [
    {
      title: 'Lag behind the job',
      better: 'lower',
      figures: ofEachKind((seconds, course) => {
        const about = { name: nameOf(seconds, course), unit: 's' as const, limit: lagLimit(seconds, course) }
        return figure(about, nodes, node => lag(seconds, stepOn(node, course)))
      }),
      notes: [
        'From the end of the job to the end of the whole process, create-backup; medians.',
        'Stuck: at 90 % from a tenth of the time on. Jumping: up and down. No: none is shown.',
      ],
    },
    {
      title: 'Lag of what is used today',
      better: 'lower',
      figures: jobs.flatMap(({ seconds }) =>
        here.map(({ name }) =>
          figure({ name: `job of ${seconds} s: ${name}`, unit: 's' }, nodes, () => lag(seconds, name)),
        ),
      ),
      notes: skipped,
    },
    {
      title: 'How much earlier than the faster loop the slowest of these steps ends',
      better: 'higher',
      figures: jobs.map(({ seconds }) =>
        figure({ name: `job of ${seconds} s`, unit: 's', limit: 0 }, nodes, node => {
          const steps = courseNames.map(course => lag(seconds, stepOn(node, course)))
          return Math.min(...loops.map(({ name }) => lag(seconds, name))) - Math.max(...steps)
        }),
      ),
    },
    {
      title: 'Looks at the job, real',
      better: 'lower',
      figures: ofEachKind((seconds, course) =>
        figure({ name: nameOf(seconds, course), unit: 'looks' }, nodes, node =>
          medianOf('looks', seconds, stepOn(node, course)),
        ),
      ),
    },
  ]
}

function ofEachKind(figureOf: (seconds: number, course: Course) => Figure): Figure[] {
  return jobs.flatMap(({ seconds }) => courseNames.map(course => figureOf(seconds, course)))
}

function nameOf(seconds: number, course: Course): string {
  return `job of ${seconds} s, ${course === 'none' ? 'no' : course} progress`
}

type Task = () => Promise<void>

/** All of them at the same time, each job length and the waiters so many at once. */
async function waitForAllJobs(bench: Bench, here: readonly Waiter[]): Promise<Wait[]> {
  const waits: Wait[] = []
  const clouds: Simulator[] = []
  const pools: { atOnce: number; tasks: Task[] }[] = []
  const ofWaiters: Task[] = []
  try {
    for (const job of jobs) {
      const ofSteps: Task[] = []
      for (const course of courseNames) {
        const cloud = await startSimulator({ jobSeconds: job.seconds, variants: courses[course] })
        clouds.push(cloud)
        const given = { cloud, seconds: job.seconds, rounds: bench.rounds(job.usual), waits }
        ofSteps.push(...bench.nodes.flatMap(node => stepTasks(given, node, course)))
        if (course === 'linear') ofWaiters.push(...here.flatMap(waiter => waiterTasks(given, waiter)))
      }
      pools.push({ atOnce: job.atOnce, tasks: ofSteps })
    }
    pools.push({ atOnce: waitersAtOnce, tasks: ofWaiters })
    await Promise.all(pools.map(({ atOnce, tasks }) => atMost(atOnce, tasks)))
  } finally {
    for (const cloud of clouds) await cloud.close()
  }
  return waits
}

interface Given {
  cloud: Simulator
  seconds: number
  rounds: number
  /** Where each wait is added. */
  waits: Wait[]
}

function stepTasks({ cloud, seconds, rounds, waits }: Given, node: NodeVersion, course: Course): Task[] {
  const task = async () => {
    waits.push({ who: stepOn(node, course), seconds, ...(await waitWithStep(cloud, node)) })
  }
  return Array.from({ length: rounds }, () => task)
}

/** They look at fixed times, so that fewer rounds do. */
function waiterTasks({ cloud, seconds, rounds, waits }: Given, waiter: Waiter): Task[] {
  const task = async () => {
    waits.push({ who: waiter.name, seconds, ...(await waitWith(cloud, waiter)) })
  }
  return Array.from({ length: Math.min(3, rounds) }, () => task)
}

/** A backup of a cluster of its own: one at a time is allowed for each. */
async function waitWithStep(cloud: Simulator, node: NodeVersion): Promise<Pick<Wait, 'lag' | 'looks'>> {
  const { clusterId } = cloud.world.addCluster({})
  const inputs = { operation: 'create-backup', 'cluster-id': clusterId }
  let startedAt = Number.NaN
  const onStart = () => {
    startedAt = Date.now()
  }
  const { durationMs } = await step(cloud, inputs, { node, onStart })
  return seenOf(cloud, clusterId, startedAt + durationMs)
}

async function waitWith(cloud: Simulator, { backUp }: Waiter): Promise<Pick<Wait, 'lag' | 'looks'>> {
  const { clusterId } = cloud.world.addCluster({})
  await backUp(cloud, clusterId)
  return seenOf(cloud, clusterId, Date.now())
}

/** @param endedAt real milliseconds, which are those of the world here */
function seenOf(
  { world, requests }: Simulator,
  clusterId: string,
  endedAt: number,
): Pick<Wait, 'lag' | 'looks'> {
  const job = world.jobs.find(one => one.clusterId === clusterId)
  if (job === undefined) throw new Error('no backup was started')
  return {
    lag: (endedAt - job.endsAt) / 1_000,
    looks: requests.filter(({ path }) => path === `/v2/jobs/${job.jobId}`).length,
  }
}
