import { afterEach, beforeEach, vi } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { Cancelled } from '../../src/errors.ts'
import { openInProgress } from '../../src/in-progress.ts'
import { openReport } from '../../src/report.ts'
import type { Step } from '../../src/step.ts'
import { openSession } from '../../src/zilliz/connection.ts'

/** For the tests of a file: the world of a simulator stands still but for the pauses of a step. */
export function stopTheWorld(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
}

/**
 * A step in this process, against a simulator. Its pauses take no time but that of a world that stands still.
 *
 * @param timeout milliseconds
 * @returns what it logs and publishes, in one list; what it saves; the milliseconds it has paused
 */
export function stepIn({ baseUrl, apiKey, world }: Simulator, timeout = 600_000) {
  const reported: string[] = []
  const state: Record<string, string> = {}
  const stop = new AbortController()
  let time = 0
  const clock = {
    now: () => world.now(),
    elapsed: () => time,
    async pause(milliseconds: number) {
      if (stop.signal.aborted) throw new Cancelled()
      time += milliseconds
      if (vi.isFakeTimers()) vi.setSystemTime(Date.now() + milliseconds)
    },
  }
  const record = (text: string) => void reported.push(text)
  const step: Step = {
    cloud: {
      baseUrl,
      apiKey,
      clock,
      deadline: timeout,
      stop: stop.signal,
      log: record,
      session: openSession(),
    },
    clock,
    deadline: timeout,
    timeout,
    log: record,
    note: record,
    notice: record,
    warning: record,
    publish: (name, value) => value !== undefined && record(`${name}=${value}`),
    publishBoolean: (name, value) => record(`${name}=${value}`),
    publishNumber: (name, value) => value !== undefined && record(`${name}=${value}`),
    mask: secret => record(`mask ${secret}`),
    publishList: (name, items) => record(`${name}=${JSON.stringify(items)}`),
    publishObject: (name, value) => record(`${name}=${JSON.stringify(value)}`),
    report: openReport(),
    saveState: (name, value) => {
      state[name] = value
    },
    inProgress: openInProgress(),
  }
  return { step, reported, state, stop, time: () => time }
}
