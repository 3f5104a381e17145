import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { node, type Ran, root } from './project-copy.ts'

test('installs what is missing, says so on standard error alone, and then has nothing to do', () => {
  using clone = freshClone()
  expect(clone.run()).toEqual({
    status: 0,
    stdout: '',
    stderr: expect.stringMatching(
      /^Installing the dependencies \(npm ci\), because nothing is installed yet: about 2 packages and 500 MB\. .*\n(?:.*\n)*The dependencies are installed\.\n$/,
    ),
  })
  expect(clone.run()).toEqual({ status: 0, stdout: '', stderr: '' })
})

test('installs again when package-lock.json asks for something else', () => {
  using clone = freshClone()
  clone.run()
  clone.depend('tool', 'other')
  expect(clone.run()).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('other is not what package-lock.json says'),
  })
  expect(clone.run()).toMatchObject({ stderr: '' })
})

test('says what to do when the installation fails', () => {
  using clone = freshClone()
  clone.write('package-lock.json', { name: 'clone', lockfileVersion: 3, packages: { '': {} } })
  expect(clone.run()).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining('The dependencies could not be installed. Run "npm ci" to see why'),
  })
})

/** Its dependencies are folders of its own, so that no network is needed. */
function freshClone() {
  const folder = mkdtempSync(join(tmpdir(), 'clone-'))
  const write = (file: string, value: object) => writeFileSync(join(folder, file), JSON.stringify(value))
  const depend = (...names: readonly string[]) => {
    const dependencies = Object.fromEntries(names.map(name => [name, `file:${name}`]))
    const packages: Record<string, object> = { '': { name: 'clone', version: '1.0.0', dependencies } }
    for (const name of names) {
      mkdirSync(join(folder, name), { recursive: true })
      write(`${name}/package.json`, { name, version: '1.0.0' })
      packages[name] = { version: '1.0.0' }
      packages[`node_modules/${name}`] = { resolved: name, link: true }
    }
    write('package.json', { name: 'clone', version: '1.0.0', dependencies })
    write('package-lock.json', { name: 'clone', version: '1.0.0', lockfileVersion: 3, packages })
  }
  depend('tool')
  mkdirSync(join(folder, 'scripts'))
  cpSync(join(root, 'scripts/installed.mjs'), join(folder, 'scripts/installed.mjs'))
  return {
    write,
    depend,
    run: (): Ran => node(folder, { npm_config_offline: 'true' }, 'scripts/installed.mjs'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}
