// A preload that has compiled code kept in a folder; without a folder it does nothing.
'use strict'

const folder = process.env.BENCH_COMPILE_CACHE
if (folder !== undefined) require('node:module').enableCompileCache(folder)
