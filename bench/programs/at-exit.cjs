// A preload that writes, when the process ends, what it took: its peak of memory, its time on the processor, and
// the files that it has loaded.
// It loads nothing that node has not loaded already, so that an empty node with it is still an empty one.
'use strict'

const fs = require('node:fs')

process.on('exit', () => {
  // Of each program alone: getrusage would give the peak of the parent if that was higher. Linux alone tells.
  const status = process.platform === 'linux' ? fs.readFileSync('/proc/self/status', 'utf8') : ''
  const peakKb = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1])
  const { user, system } = process.cpuUsage()
  const notes = { peakKb, cpuMs: (user + system) / 1000, loaded: Object.keys(require.cache) }
  fs.writeFileSync(process.env.BENCH_NOTES, JSON.stringify(notes))
})
