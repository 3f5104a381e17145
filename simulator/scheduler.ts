/**
 * What is due at a later moment of the world, such as the end of a job.
 * No timers: what is due happens when somebody looks, so nothing outlives the simulator.
 */
export interface Scheduler {
  /** `time` in world milliseconds; Infinity means never. The effect is told its own due time. */
  at(time: number, effect: (time: number) => void): void
  /** Lets everything happen that is due by `now`, in order of time. */
  runDue(now: number): void
}

export function createScheduler(): Scheduler {
  const due: { time: number; effect: (time: number) => void }[] = []
  return {
    at(time, effect) {
      if (!Number.isFinite(time)) return
      const later = due.findIndex(entry => entry.time > time)
      due.splice(later === -1 ? due.length : later, 0, { time, effect })
    },
    runDue(now) {
      for (let next = due[0]; next !== undefined && next.time <= now; next = due[0]) {
        due.shift()
        next.effect(next.time)
      }
    },
  }
}
