/**
 * Loaded before a step: lets it see SIGBREAK, which only Windows has, as the signal SIGUSR2. A listener of the step is called
 * as node on Windows would call it.
 */
process.on('SIGUSR2', () => process.emit('SIGBREAK', 'SIGBREAK'))
