// A preload for the step under test. It injects the two faults that no server can play, since the request never
// reaches it (the name is not resolved, the connection is refused), notes every address that is connected to and
// every request that begins after a signal came, and at its end the process's peak of memory.
// FAULTS_WIRE holds {"notes": path, "rules": [{"kind", "method", "path", "skip", "times"}]}.
'use strict'

const fs = require('node:fs')
const http = require('node:http')
const https = require('node:https')
const net = require('node:net')

const setting = process.env.FAULTS_WIRE
if (setting !== undefined) {
  const { notes, rules } = JSON.parse(setting)
  const note = line => fs.appendFileSync(notes, `${line}\n`)
  injectFaults(rules, note)
  noteConnections(note)
  noteLateRequests(note)
  process.on('exit', () => {
    // VmHWM begins anew with each program; getrusage would give the peak of the parent if that was higher.
    if (process.platform !== 'linux') return
    const status = fs.readFileSync('/proc/self/status', 'utf8')
    note(`peak ${/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]}`)
  })
}

/** What is done with the options of each request before it begins. */
function beforeEachRequest(change) {
  for (const module of [http, https]) {
    const real = module.request
    module.request = function request(options, ...rest) {
      return real.call(this, change(options), ...rest)
    }
  }
}

function injectFaults(rules, note) {
  beforeEachRequest(options => {
    const rule = takeRule(rules, options.method ?? 'GET', options.path)
    if (rule === undefined) return options
    note(`hit ${rule.kind}`)
    // A connection that is there already would make it of no effect.
    const { createConnection: _, ...own } = options
    return { ...own, ...unreachable[rule.kind] }
  })
}

/** The first rule that is due for a request; rules that fit count it. */
function takeRule(rules, method, path) {
  for (const rule of rules) {
    if (rule.method !== method || !new RegExp(rule.path).test(path)) continue
    if (rule.skip > 0) {
      rule.skip--
      continue
    }
    if (rule.times === 0) continue
    if (rule.times !== null) rule.times--
    return rule
  }
  return undefined
}

const unreachable = {
  unresolved: {
    host: 'control-plane.invalid',
    hostname: 'control-plane.invalid',
    // What the resolver returns for an unknown name, without asking a real one.
    lookup(hostname, _options, callback) {
      const error = new Error(`getaddrinfo ENOTFOUND ${hostname}`)
      process.nextTick(
        callback,
        Object.assign(error, { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname }),
      )
    },
  },
  // Nothing listens on port 1, so this refusal is the system's own.
  refused: { host: '127.0.0.1', hostname: '127.0.0.1', port: 1 },
}

function noteConnections(note) {
  const real = net.Socket.prototype.connect
  net.Socket.prototype.connect = function connect(...args) {
    const [options] = Array.isArray(args[0]) ? args[0] : args
    note(`connect ${options.host}:${options.port}`)
    return real.apply(this, args)
  }
}

/** Only the process itself knows whether it had received the signal when it began a request. */
function noteLateRequests(note) {
  let signalled = false
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      signalled = true
    })
  }
  beforeEachRequest(options => {
    if (signalled) note(`late ${options.method ?? 'GET'} ${options.path}`)
    return options
  })
}
