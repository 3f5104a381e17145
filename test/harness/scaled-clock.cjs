// A preload that makes time pass faster for a process: `node --require scaled-clock.cjs main.js`.
// Time reads `start + (realNow - origin) * speed`; every wait takes `delay / speed`.
// HARNESS_CLOCK holds {"origin": <epoch ms>, "speed": <number>, "start": <epoch ms>}; without a start, that is the origin.
//
// Danger: the wait for a response is scaled too. With speed 200 a deadline of 30 s
// is 150 ms of real time, which a busy machine may need for a normal response.
'use strict'

const module_ = require('node:module')
const net = require('node:net')
const timers = require('node:timers')
const timersPromises = require('node:timers/promises')
const { performance } = require('node:perf_hooks')
const { promisify } = require('node:util')

const setting = process.env.HARNESS_CLOCK
if (setting !== undefined) {
  const { origin, speed, start = origin } = JSON.parse(setting)
  if (!(Number.isFinite(origin) && Number.isFinite(start) && speed > 0))
    throw new Error(`HARNESS_CLOCK makes no sense: ${setting}`)
  scaleClocks({ origin, speed, start })
  scaleTimers(speed)
  // For modules that were imported before this preload ran.
  module_.syncBuiltinESMExports()
}

function scaleClocks({ origin, speed, start }) {
  const realPerformanceNow = performance.now.bind(performance)
  const realHrtime = process.hrtime.bigint
  const realUptime = process.uptime
  const realOrigin = performance.timeOrigin
  const RealDate = Date

  // Date.now() has whole milliseconds only, and would jump by `speed` at a time.
  const exactNow = () => start + (realOrigin + realPerformanceNow() - origin) * speed
  const now = () => Math.floor(exactNow())
  const ScaledDate = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(
        target,
        args.length === 0 ? [now()] : args,
        newTarget === ScaledDate ? target : newTarget,
      ),
    get: (target, property) => (property === 'now' ? now : target[property]),
  })
  RealDate.prototype.constructor = ScaledDate
  globalThis.Date = ScaledDate

  performance.now = () => realPerformanceNow() * speed
  Object.defineProperty(performance, 'timeOrigin', { value: start + (realOrigin - origin) * speed })

  const bigint = () => BigInt(Math.round(Number(realHrtime()) * speed))
  const hrtime = previous => {
    const nanoseconds =
      bigint() - (previous ? BigInt(previous[0]) * 1_000_000_000n + BigInt(previous[1]) : 0n)
    return [Number(nanoseconds / 1_000_000_000n), Number(nanoseconds % 1_000_000_000n)]
  }
  process.hrtime = Object.assign(hrtime, { bigint })
  process.uptime = () => realUptime() * speed
}

function scaleTimers(speed) {
  // What Node calls too long fires after 1 ms; it must not become a wait that fits.
  const scaled = delay => (delay > 2_147_483_647 ? delay : Number(delay) / speed)

  // The real functions return the real Timeout objects: clearTimeout, ref, unref and refresh need nothing.
  const wrap = real =>
    function scaledTimer(callback, delay, ...args) {
      return real(callback, delay === undefined ? delay : scaled(delay), ...args)
    }
  for (const name of ['setTimeout', 'setInterval']) {
    const wrapped = wrap(timers[name])
    globalThis[name] = wrapped
    timers[name] = wrapped
  }

  const realWait = timersPromises.setTimeout
  const realTicks = timersPromises.setInterval
  const realScheduler = timersPromises.scheduler
  const wait = (delay, ...rest) => realWait(delay === undefined ? delay : scaled(delay), ...rest)
  timersPromises.setTimeout = wait
  timersPromises.setInterval = (delay, ...rest) =>
    realTicks(delay === undefined ? delay : scaled(delay), ...rest)
  timersPromises.scheduler = {
    wait: (delay, options) => wait(delay, undefined, options),
    yield: () => realScheduler.yield(),
  }
  Object.defineProperty(timers.setTimeout, promisify.custom, { enumerable: true, get: () => wait })

  // These two count by Node's inner clock and would be the only slow ones.
  const realAbort = AbortSignal.timeout
  AbortSignal.timeout = delay => realAbort.call(AbortSignal, Math.ceil(scaled(delay)))
  const realSocketTimeout = net.Socket.prototype.setTimeout
  net.Socket.prototype.setTimeout = function setTimeout(delay, callback) {
    return realSocketTimeout.call(this, delay > 0 ? Math.max(1, scaled(delay)) : delay, callback)
  }
}
