// A preload that keeps a process from resolving one name for a while: `node --require unresolved-name.cjs main.js`.
// HARNESS_UNRESOLVED holds {"host": <name>, "times": <look-ups that fail>, "until": <epoch ms of the process's clock>}.
// What is absent sets no limit. After that the name is 127.0.0.1, whatever the machine says.
'use strict'

const dns = require('node:dns')
const module_ = require('node:module')

const setting = process.env.HARNESS_UNRESOLVED
if (setting !== undefined) {
  const { host, times = Number.POSITIVE_INFINITY, until = Number.POSITIVE_INFINITY } = JSON.parse(setting)
  if (typeof host !== 'string') throw new Error(`HARNESS_UNRESOLVED makes no sense: ${setting}`)
  const realLookup = dns.lookup
  let failed = 0
  dns.lookup = function lookup(hostname, ...rest) {
    if (hostname !== host) return realLookup.call(this, hostname, ...rest)
    if (failed >= times || Date.now() >= until) return realLookup.call(this, '127.0.0.1', ...rest)
    failed++
    // What the resolver returns for an unknown name, without asking a real one.
    const error = new Error(`getaddrinfo ENOTFOUND ${hostname}`)
    process.nextTick(
      rest.at(-1),
      Object.assign(error, { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname }),
    )
    return {}
  }
  // For modules that were imported before this preload ran.
  module_.syncBuiltinESMExports()
}
