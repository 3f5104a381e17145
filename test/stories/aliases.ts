import {
  type Collection,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator/index.ts'
import { withCopy } from '../harness/aliases.ts'

/** A simulator whose cluster `production` has the alias orders_live of sales.orders, and beside that a copy of it. */
export async function startWithAlias(
  options: SimulatorOptions = {},
  copy: Partial<Collection> = {},
): Promise<Simulator> {
  const cloud = await startSimulator({ speed: 60, dataPlane: true, ...options })
  withCopy(cloud, copy)
  return cloud
}
