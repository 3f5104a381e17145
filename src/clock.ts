/** The clock of a step. Everything that waits takes one as a parameter, so no test sleeps. */
import { Cancelled } from './errors.ts'

export interface Clock {
  /** Milliseconds since the epoch; only for comparing with times of the service. */
  now(): number
  /** Milliseconds that never run backwards; every wait is measured with it. */
  elapsed(): number
  /** Ends after that many milliseconds, or with Cancelled as soon as the step must stop. */
  pause(milliseconds: number): Promise<void>
}

/** Above this, setTimeout overflows and fires at once. */
const longestTimer = 2 ** 31 - 1

/** The clock of this process; `stop` is raised by the signal handlers. */
export function systemClock(stop: AbortSignal): Clock {
  return {
    now: () => Date.now(),
    // `performance` would load a part of node that nothing else here needs.
    elapsed: () => Number(process.hrtime.bigint()) / 1e6,
    pause: milliseconds => pauseUnless(stop, milliseconds),
  }
}

function pauseUnless(stop: AbortSignal, milliseconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) {
      reject(new Cancelled())
      return
    }
    const cancel = () => {
      clearTimeout(timer)
      reject(new Cancelled())
    }
    const done = () => {
      stop.removeEventListener('abort', cancel)
      resolve()
    }
    const timer = setTimeout(done, Math.min(milliseconds, longestTimer))
    stop.addEventListener('abort', cancel, { once: true })
  })
}
