/**
 * In a fast world a second of the service is a few milliseconds, in which a busy machine may not come to answer. So a test
 * that fails is run once more, in a world four times slower, and only what fails there too is red.
 */
import { beforeEach } from 'vitest'
import { pace } from '../../simulator/options.ts'

beforeEach(({ task }) => {
  pace.slower = 4 ** (task.result?.retryCount ?? 0)
})
