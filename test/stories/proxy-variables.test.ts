/** A proxy variable that the toolkit cannot read would send the requests out directly. */
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { createBackup } from './steps.ts'
import { errorOf } from './story.ts'

const viaProxy = { 'base-url': 'https://cloud.example', wait: 'false' }

describe('a proxy variable that is', () => {
  test.each([
    ['https_proxy', 'proxy.internal:3128'],
    ['HTTPS_PROXY', 'runner:word-of-the-proxy@proxy.internal:3128'],
    ['https_proxy', 'socks5://proxy.internal:1080'],
    ['https_proxy', 'http://'],
    ['HTTPS_PROXY', 'http://runner:100%word@proxy.internal:3128'],
    ['https_proxy', 'http://runner:wo#rd@proxy.internal:3128'],
    ['https_proxy', 'http://proxy.internal:99999'],
  ])('no address, %s=%s, is a problem that names it and not its value', async (name, value) => {
    await using cloud = await startSimulator()
    const story = await createBackup(cloud, viaProxy, {
      env: { [name]: value },
      passwords: value.length > 10 ? [value] : [],
    })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toBe(
      `base-url: is reached through a proxy, and the environment variable ${name} is not an http:// or https:// address of one whose credentials can be decoded (its value is not shown)\nNothing was started.`,
    )
    expect(story.step.log.join('\n')).not.toMatch(/proxy\.internal|word/)
  })

  test('no address does not matter where no_proxy covers the host', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const env = { http_proxy: 'nonsense', https_proxy: 'nonsense' }
    const story = await createBackup(cloud, { wait: 'false' }, { env })
    expect(story.step.outputs.status).toBe('started')
  })
})

test('a proxy that is not there is named, with its host and without its credentials', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const env = { https_proxy: 'http://runner:word-of-the-proxy@127.0.0.1:9' }
  const passwords = ['word-of-the-proxy']
  const story = await createBackup(cloud, { ...viaProxy, timeout: '20s' }, { env, passwords })
  expect(story.step.outputs.status).toBe('timed-out')
  expect(story.step.log.join('\n')).toMatch(
    /: the proxy 127\.0\.0\.1:9 opened no connection, so Zilliz Cloud was not reached\. \(/,
  )
  expect(story.step.log.join('\n')).not.toContain('runner:')
})
