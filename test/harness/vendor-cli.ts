/** The CLI of the vendor, against a simulator and never against the real service. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Simulator } from '../../simulator/index.ts'

/** Nothing listens there. */
const closedPort = 'http://127.0.0.1:9'

/**
 * Runs something in the environment that leads the CLI to a simulator. Its settings are in a folder of their own: a real
 * account on this machine is not touched. The crate reads `endpoint`, the older PyPI package `base_url`. One that reads
 * neither would ask the real service, so https leads to a closed port.
 */
export async function withVendorCli<T>(
  { baseUrl, apiKey }: Pick<Simulator, 'baseUrl' | 'apiKey'>,
  act: (env: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'vendor-cli-'))
  try {
    await writeFile(join(folder, 'config'), `[default]\nbase_url = ${baseUrl}\nendpoint = ${baseUrl}\n`)
    return await act({
      HTTPS_PROXY: closedPort,
      https_proxy: closedPort,
      HOME: folder,
      ZILLIZ_CONFIG_DIR: folder,
      ZILLIZ_API_KEY: apiKey,
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
