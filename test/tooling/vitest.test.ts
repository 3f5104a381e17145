import { expect, test } from 'vitest'

// Node 20 cannot parse this syntax: it works as long as Vitest translates for an older node.
test('resources declared with "await using" are disposed of when the scope ends', async () => {
  const events: string[] = []
  {
    await using _resource = {
      async [Symbol.asyncDispose]() {
        await Promise.resolve()
        events.push('disposed')
      },
    }
    events.push('used')
  }
  expect(events).toEqual(['used', 'disposed'])
})
