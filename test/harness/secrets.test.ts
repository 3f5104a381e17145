import { describe, expect, test } from 'vitest'
import { findLeaks } from './secrets.ts'
import { printing, runToy } from './toy/toy.ts'

// Its base64 has both digits that base64url writes in another way, wherever it begins.
const password = 'p/a>s"s????w~~~~ö&rd+1'
const secrets = { password }
const leaksOf = async (script: string, options?: { allowOutputs: string[] }): Promise<string[]> =>
  findLeaks(await runToy(script), secrets, options)
const append = (file: string, text: string): string =>
  `require('fs').appendFileSync(process.env.${file}, ${JSON.stringify(text)})`

describe('places', () => {
  test.each([
    ['rawLines[0]', printing(`a ${password}`)],
    ['rawLines[0]', printing(`::debug::${password}`)],
    ['rawLines[0]', printing(`::add-mask::x${password}`)],
    ['rawLines[0]', printing(`::set-output name=password::${password}`)],
    ['annotations[0]', printing(`::error title=${password}::x`)],
    ['outputs.backup', append('GITHUB_OUTPUT', `backup=${password}\n`)],
    ['state.cluster', append('GITHUB_STATE', `cluster=${password}\n`)],
    ['env.A', append('GITHUB_ENV', `A=${password}\n`)],
    ['path', append('GITHUB_PATH', `/${password}\n`)],
    ['summary', append('GITHUB_STEP_SUMMARY', password)],
  ])('%s: %s', async (place, script) => {
    expect(await leaksOf(script, { allowOutputs: ['password'] })).toContain(`${place}: password`)
  })

  test('the receipt, its escaped text too', async () => {
    const script = `
      const path = process.env.RUNNER_TEMP + '/r.json'
      require('fs').writeFileSync(path, JSON.stringify({ error: ${JSON.stringify(password)} }))
      ${append('GITHUB_OUTPUT', 'receipt=')}; require('fs').appendFileSync(process.env.GITHUB_OUTPUT, path + '\\n')`
    expect(await leaksOf(script)).toContain('receipt (as text): password')
  })

  test('the post stage', async () => {
    const result = await runToy('', { with: { 'post-script': printing(password) }, post: true })
    expect(findLeaks(result, secrets)).toContain('post.rawLines[0]: password')
  })

  test('an exact mask line and an allowed output are no leaks, the log that a mask saved is one', async () => {
    const masked = printing(`::add-mask::${password}`)
    const output = append('GITHUB_OUTPUT', `password=${password}\n`)
    expect(await leaksOf(`${masked}; ${output}`, { allowOutputs: ['password'] })).toEqual([])
    expect(await leaksOf(`${masked}; ${output}`)).toEqual(['outputs.password: password'])
    expect(await leaksOf(`${masked}; ${printing(password)}`)).toEqual(['rawLines[1]: password'])
  })
})

describe('forms', () => {
  const bytes = Buffer.from(password)
  test.each([
    ['hex', bytes.toString('hex').toUpperCase()],
    ['URI', encodeURIComponent(password)],
    ['JSON', JSON.stringify(password)],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ password }))],
    ['XML', password.replaceAll('&', '&amp;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')],
    ['base64', bytes.toString('base64')],
    ['base64', Buffer.from(`u:${password}`).toString('base64')],
    ['base64', Buffer.from(`${password} and more`).toString('base64')],
    ['base64', Buffer.from(`root:${password}!!`).toString('base64')],
    ['base64url', bytes.toString('base64url')],
    ['base64url', Buffer.from(`{"a":"${password}"}`).toString('base64url')],
  ])('%s %s', async (how, text) => {
    expect(await leaksOf(printing(text))).toContain(`rawLines[0]: password as ${how}`)
  })

  test('each line of a secret, except those that are too short', async () => {
    const result = await runToy(
      printing('only second line here', 'ab', Buffer.from('first line').toString('hex')),
    )
    const leaks = findLeaks(result, { key: 'first line\nab\nsecond line' })
    expect(leaks).toContain('rawLines[0]: line 2 of key')
    expect(leaks).toContain('rawLines[2]: line 1 of key as hex')
    expect(leaks.filter(leak => leak.startsWith('rawLines[1]'))).toEqual([])
  })

  test('masks of single lines are fine', async () => {
    const result = await runToy(printing('::add-mask::first line', '::add-mask::second line'))
    expect(findLeaks(result, { key: 'first line\nsecond line' })).toEqual([])
  })

  test('an absent secret is nowhere', async () => {
    expect(findLeaks(await runToy(printing('text')), { key: '' })).toEqual([])
  })
})
