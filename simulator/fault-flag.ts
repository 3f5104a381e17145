import { isDataOperation } from './data-plane/operations.ts'
import type { FaultRule } from './faults.ts'
import { isImplemented } from './operations/all.ts'

const form = /^(?<operation>\w+)=(?<status>\d{3})(?::(?<code>\d{1,9}))?(?:x(?<times>[1-9]\d{0,5}))?$/

/** A fault such as `createBackup=403:96013` or `listBackups=503x2`, or what is wrong with it. */
export function readFault(text: string): FaultRule | string {
  const groups = form.exec(text)?.groups
  if (groups === undefined) {
    return `--fault must be OPERATION=STATUS, with :CODE and xTIMES if you want, such as createBackup=403:96013 or listBackups=503x2, not "${text}"`
  }
  const operation = operationOf(groups.operation ?? '')
  if (operation === undefined) {
    return `--fault: the simulator has no operation "${groups.operation}"; --help lists them`
  }
  const status = Number(groups.status)
  const code = groups.code === undefined ? undefined : Number(groups.code)
  const isError = status >= 400 && status <= 599
  if (!isError && !(status === 200 && code)) {
    return `--fault: STATUS must be 400 to 599, or 200 with a CODE above 0, not "${text}"`
  }
  const times = groups.times === undefined ? Number.POSITIVE_INFINITY : Number(groups.times)
  const message = 'Rehearsed with --fault'
  const fault =
    code === undefined
      ? ({ kind: 'gateway', status, message } as const)
      : ({ kind: 'envelope', status, code, message } as const)
  return { operation, times, fault }
}

function operationOf(name: string): FaultRule['operation'] | undefined {
  if (name === 'all') return '*'
  return isImplemented(name) || isDataOperation(name) ? name : undefined
}
