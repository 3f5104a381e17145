import { OperationFailed } from '../errors.ts'
import { type Connection, read } from './connection.ts'
import type { Page } from './decode.ts'
import type { Query } from './requests.ts'

const largestPage = 100
/** No list of the service comes near these; one without an end must not fill the memory. */
const mostPages = 1_000
const mostBytes = 32 * 1024 * 1024

/**
 * Every page of a list: whole, or an error.
 *
 * Neither the order of a list nor the meaning of `count` is to be trusted (F21, U17): a page that brings nothing new
 * is the last one, and so is one that is not full, unless `count` promises more than was found so far, as with a
 * service that caps the size of a page.
 */
export async function readPages<T>(
  to: Connection,
  list: Query<Page<T>> & { query: Record<string, string>; id: (item: T) => string },
): Promise<T[]> {
  const { id, query, path, decode, ...expected } = list
  const found = new Map<string, T>()
  let bytes = 0
  const decodeCounting = (data: unknown, size: number) => {
    bytes += size
    return decode(data, size)
  }
  for (let page = 1; page <= mostPages && bytes <= mostBytes; page++) {
    const parameters = new URLSearchParams({ ...query, pageSize: `${largestPage}`, currentPage: `${page}` })
    const paged = { ...expected, path: `${path}?${parameters}`, decode: decodeCounting }
    const { items, pageSize, count = 0 } = await read(to, paged)
    const before = found.size
    for (const item of items) found.set(id(item), item)
    const full = Math.min(pageSize ?? largestPage, largestPage)
    const mayBeLast = items.length < full && count <= found.size
    if (mayBeLast || found.size === before) return [...found.values()]
  }
  throw new OperationFailed(
    `Could not ${list.tried}: the list is too long, or has no end. It was given up after ${found.size} entries, ${Math.round(bytes / 1024 / 1024)} MB.`,
  )
}
