/** What the service does in a story beside answering as it always does. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type {
  DataOperationId,
  Fault,
  Job,
  OperationId,
  RequestRecord,
  Simulator,
} from '../../simulator/index.ts'
import type { StepControl } from '../harness/runner.ts'
import type { StoryOptions } from './story.ts'

const wire = fileURLToPath(new URL('../faults/wire.cjs', import.meta.url))

type AnyOperation = OperationId | DataOperationId

/** Every time, not once. */
export const always = { times: Number.POSITIVE_INFINITY }

/** Is called for each request of an operation when it arrives, before the service reads it. */
export function onRequest(
  cloud: Simulator,
  operation: AnyOperation | '*',
  act: (request: RequestRecord) => void,
): void {
  const when = (request: RequestRecord) => {
    act(request)
    // The fault is never due.
    return false
  }
  cloud.faults.inject({ operation, ...always, when, fault: { kind: 'stall' } })
}

/** Does something when the first request of an operation arrives, before the service reads it. */
export function atFirst(cloud: Simulator, operation: AnyOperation, act: () => void): void {
  let done = false
  onRequest(cloud, operation, () => {
    if (done) return
    done = true
    act()
  })
}

/** What happens to a step while it sends a request. */
export interface Interruption {
  act: (control: StepControl) => void
  /** Default: the request gets no response. */
  fault?: Fault
  /** Whether the service carries the request out. */
  applied?: boolean
  /** How many requests of the operation go by before. */
  skip?: number
}

/** The options of a step that is interrupted at a request of an operation. The first signal of a cancel must be enough. */
export function interruptAt(cloud: Simulator, operation: AnyOperation, how: Interruption): StoryOptions {
  const { act, fault = { kind: 'stall' }, skip = 0, ...rest } = how
  let passed = 0
  const onStart = (control: StepControl) => {
    const when = () => {
      passed++
      if (passed === skip + 1) act(control)
      return passed > skip
    }
    cloud.faults.inject({ operation, ...rest, when, fault })
  }
  return { onStart, ladderScale: noSecondSignal }
}

/** Makes the second signal of a cancel come after hours. */
const noSecondSignal = 1e-3

/** The options of a step whose first request of that kind finds nobody at the address. */
export function unreachableOnce(method: 'GET' | 'POST', path: string): StoryOptions {
  return unreachable('refused', { method, path, times: 1 })
}

/** The options of a step whose first requests of a kind find nobody at the address, or no address. */
export function unreachable(
  kind: 'refused' | 'unresolved',
  rule: { method: 'GET' | 'POST'; path: string; times: number },
): StoryOptions {
  const rules = [{ kind, skip: 0, ...rule }]
  return {
    env: {
      NODE_OPTIONS: `--require ${JSON.stringify(wire)}`,
      FAULTS_WIRE: JSON.stringify({ notes: devNull, rules }),
    },
  }
}

export const cancel = (control: StepControl) => control.cancel()
export const kill = (control: StepControl) => control.kill('SIGKILL')

/** A response whose data has other fields. */
export function withFields(fields: object): Fault {
  return { kind: 'edit', edit: response => ({ ...response, data: { ...response.data, ...fields } }) }
}

/** The true response, and then something happens. */
export function respondAnd(act: () => void): Fault {
  const edit = (response: unknown) => {
    act()
    return response
  }
  return { kind: 'edit', edit }
}

/** A refusal with that code. */
export function refusing(code: number, status = 200): Fault {
  return { kind: 'envelope', status, code, message: 'Not now' }
}

/** A cluster is in that state, which it leaves for RUNNING when a request gets its response. */
export function settlesAt(
  cloud: Simulator,
  name: string,
  { status, operation, skip = 0 }: { status: string; operation: OperationId; skip?: number },
): void {
  const cluster = Object.assign(cloud.world.cluster(name), { status })
  const settle = () => {
    cluster.status = 'RUNNING'
  }
  cloud.faults.inject({ operation, skip, fault: respondAnd(settle) })
}

/**
 * Every job ends at that read of it, and so does what it makes: however slow the machine, it was seen in progress
 * before. For jobs that would not end by themselves.
 */
export function endAtRead(cloud: Simulator, read: number, jobIds?: readonly (string | undefined)[]): void {
  const reads = new Map<string, number>()
  onRequest(cloud, 'describeJob', ({ path }) => {
    const job = cloud.world.jobs.find(({ jobId }) => path.endsWith(jobId))
    if (job === undefined || jobIds?.includes(job.jobId) === false) return
    const count = (reads.get(job.jobId) ?? 0) + 1
    reads.set(job.jobId, count)
    if (count === read) endNow(cloud, job)
  })
}

/** The first job ends when the backups are listed for the nth time, before the service reads them. */
export function endAtList(cloud: Simulator, list: number): void {
  let lists = 0
  onRequest(cloud, 'listBackups', () => {
    lists++
    if (lists === list) endNow(cloud, cloud.world.jobs[0])
  })
}

/** A job ends, and so does what it makes. */
export function endNow({ world }: Simulator, job: Job | undefined): void {
  if (job === undefined) return
  Object.assign(job, { endsAt: world.now() })
  const backup = world.backups.find(made => made.job === job)
  if (backup === undefined) return
  const succeeds = job.outcome === 'SUCCESSFUL'
  Object.assign(backup, succeeds ? { status: 'AVAILABLE', size: 18_803_136_896 } : { status: 'DELETED' })
}

/** Linux alone has a file that is always full. */
export const hasFullDisk = process.platform === 'linux'

/**
 * The disk is full the moment the response to a request comes: that file of the runner cannot be written from then on.
 *
 * @param skip how many requests of the operation go by before
 */
export function diskFullAt(
  cloud: Simulator,
  operation: OperationId,
  { file: name, skip = 0 }: { file: 'GITHUB_OUTPUT' | 'GITHUB_STATE'; skip?: number },
) {
  const folder = mkdtempSync(join(tmpdir(), 'disk-full-'))
  const file = join(folder, name)
  writeFileSync(file, '')
  const fill = () => {
    rmSync(file)
    symlinkSync('/dev/full', file)
  }
  cloud.faults.inject({ operation, skip, fault: respondAnd(fill) })
  return { env: { [name]: file }, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}
