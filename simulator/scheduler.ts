/**
 * Effects at a later world time, such as the end of a job.
 * Without timers: due effects run when the state is read, so nothing keeps the process alive.
 */
export interface Scheduler {
  /** `time` in world milliseconds; Infinity means never. The effect receives the time at which it was due. */
  at(time: number, effect: (time: number) => void): void
  /** Runs the effects that are due by `now`, in order of time, and calls `onEffect` after each with its time. */
  runDue(now: number, onEffect?: (time: number) => void): void
}

export function createScheduler(): Scheduler {
  const due: { time: number; effect: (time: number) => void }[] = []
  return {
    at(time, effect) {
      if (!Number.isFinite(time)) return
      const later = due.findIndex(entry => entry.time > time)
      due.splice(later === -1 ? due.length : later, 0, { time, effect })
    },
    runDue(now, onEffect) {
      for (let next = due[0]; next !== undefined && next.time <= now; next = due[0]) {
        due.shift()
        next.effect(next.time)
        onEffect?.(next.time)
      }
    },
  }
}
