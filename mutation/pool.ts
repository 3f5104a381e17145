/** Processes that try mutants; one that hangs is ended with all that it has started. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Order, Reply } from './worker.ts'

/** A mutant that makes its tests so much slower has been noticed. */
const slower = 5
const start = 30_000

export type Worker = {
  /** @param expected milliseconds that the tests take without a mutant */
  tryOut(order: Order, expected: number): Promise<Reply | 'timeout'>
  close(): void
}

export function openWorker(folder: string): Worker {
  let child: ChildProcess | undefined
  return {
    async tryOut(order, expected) {
      child ??= await startChild(folder)
      const running = child
      const timer = new AbortController()
      const reply = new Promise<Reply | 'timeout'>(resolve => {
        const limit = setTimeout(() => resolve('timeout'), expected * slower + start)
        timer.signal.addEventListener('abort', () => clearTimeout(limit))
        running.once('message', message => resolve(message as Reply))
        running.once('exit', () => resolve('timeout'))
      })
      running.send(order)
      const result = await reply
      timer.abort()
      running.removeAllListeners('message').removeAllListeners('exit')
      if (result === 'timeout') {
        end(running)
        child = undefined
      }
      return result
    },
    close() {
      if (child !== undefined) end(child)
    },
  }
}

async function startChild(folder: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'worker.ts'), [folder], {
    execArgv: ['--import', 'tsx'],
    // A group of its own, so that what it starts can be ended with it.
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return child
}

function end({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}
