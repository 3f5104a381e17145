/**
 * Loaded before a step that gets its signals as messages: no process can send another one a signal on Windows, and only
 * Windows has SIGBREAK. A signal without a listener ends the process, as a real one does.
 */
process.on('message', signal => {
  if (!process.emit(signal, signal)) process.exit(1)
})
// A step that has nothing left to do ends, whether or not somebody may still send something.
process.channel.unref()
