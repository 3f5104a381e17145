// Writes which statements, functions and branches a process has run: loaded first by the instrumented dist/ and by setup.ts.
// PROBE_FOLDER says where to, and PROBE_TEST which test has started the process. Without a folder it does nothing.
'use strict'

const { appendFileSync } = require('node:fs')
const { join } = require('node:path')

const { PROBE_FOLDER: folder, PROBE_TEST: ownTest = '' } = process.env
const file = folder && join(folder, `${process.pid}-${process.hrtime.bigint()}.jsonl`)

/** Writes what has been run since the last time, and forgets it. */
function harvest(test) {
  if (!file) return
  const hits = {}
  for (const [path, { s, f, b }] of Object.entries(globalThis.__coverage__ ?? {})) {
    const hit = { s: taken(s), f: taken(f), b: Object.keys(b).flatMap(id => branchesOf(b[id], id)) }
    if (hit.s.length + hit.f.length > 0) hits[path] = hit
  }
  if (Object.keys(hits).length > 0) appendFileSync(file, `${JSON.stringify({ test, hits })}\n`)
}

function taken(counters) {
  const ids = Object.keys(counters).filter(id => counters[id] > 0)
  for (const id of ids) counters[id] = 0
  return ids.map(Number)
}

function branchesOf(counters, id) {
  const ways = counters.flatMap((count, way) => (count > 0 ? [[Number(id), way]] : []))
  counters.fill(0)
  return ways
}

process.on('exit', () => harvest(ownTest))

module.exports = { harvest }
