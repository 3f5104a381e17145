/** Backups in order. */
import type { Backup } from '../zilliz/decode.ts'

/** By the `createTime` of the list; without a readable one last, in the order of the list. */
export function newestFirst(backups: readonly Backup[]): Backup[] {
  const time = ({ createTime }: Backup) => createTime ?? Number.NEGATIVE_INFINITY
  return [...backups].sort((one, other) => (time(one) === time(other) ? 0 : time(other) - time(one)))
}

/** In the order in which their keys first come. */
export function grouped<T>(items: readonly T[], key: (item: T) => unknown): T[][] {
  const groups = new Map<unknown, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group === undefined) groups.set(key(item), [item])
    else group.push(item)
  }
  return [...groups.values()]
}
