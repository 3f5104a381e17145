/** The input `target-project-id`, where nothing of that project is listed. */
import { OperationFailed, TimedOut } from '../errors.ts'
import type { Step } from '../step.ts'
import { listInSentence, quote } from '../untrusted-text.ts'
import { ApiError, NoResponseError } from '../zilliz/errors.ts'
import { listClusters, listProjects, otherCase, sameButCase } from '../zilliz/reads.ts'

/** Milliseconds. */
const longestLook = 10_000

/** A key may be allowed to see clusters, and not projects; and trouble is none of this check's business. */
function unknownAfterTrouble(error: unknown): never[] {
  const isTrouble = error instanceof ApiError || error instanceof NoResponseError || error instanceof TimedOut
  if (isTrouble) return []
  throw error
}

/**
 * Where no cluster of a project is listed: a project's name or a slip has none either.
 *
 * @throws OperationFailed with the right id, or when the key can see no such project
 */
export async function refuseProjectSlip(step: Step, projectId: string): Promise<void> {
  // Only to explain a slip: it must neither take long nor end the step.
  const deadline = Math.min(step.cloud.deadline, step.clock.elapsed() + longestLook)
  const cloud = { ...step.cloud, deadline }
  const clusters = await listClusters(cloud).catch(unknownAfterTrouble)
  const known = clusters.flatMap(({ projectId: id }) => id ?? [])
  if (known.includes(projectId)) return
  const projects = await listProjects(cloud).catch(unknownAfterTrouble)
  const ids = [...known, ...projects.map(({ projectId: id }) => id)]
  if (ids.includes(projectId)) return
  const other = ids.find(id => sameButCase(id, projectId))
  if (other !== undefined) throw otherCase('target-project-id', projectId, other)
  const named = projects.find(({ projectName }) => sameButCase(projectName, projectId))
  if (named !== undefined) {
    throw new OperationFailed(
      `target-project-id: ${quote(projectId)} is the name of a project; expected is its id, ${named.projectId}.`,
    )
  }
  if (projects.length === 0) return
  throw new OperationFailed(
    `target-project-id: the key can see no project ${quote(projectId)}. It can see ${listInSentence(projects.map(({ projectId: id }) => id))}.`,
  )
}
