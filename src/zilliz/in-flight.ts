/** A POST in flight when the step is cancelled: its response cannot be had again. */
import { Cancelled } from '../errors.ts'

/** Milliseconds for which it is allowed to finish. */
const cancelGracePeriod = 1_200

/** Lets a request end by itself for a moment after the step was cancelled. */
export async function allowedToFinish<T>(
  stop: AbortSignal,
  tried: string,
  attempt: (abort: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const stopped = () => {
    const lost = `The step was cancelled before the response came: the request to ${tried} may have been carried out.`
    timer = setTimeout(() => abort.abort(new Cancelled(lost, { inFlight: true })), cancelGracePeriod)
  }
  stop.addEventListener('abort', stopped, { once: true })
  try {
    return await attempt(abort.signal)
  } finally {
    clearTimeout(timer)
    stop.removeEventListener('abort', stopped)
  }
}
