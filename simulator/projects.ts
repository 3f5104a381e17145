import { ApiError } from './api-error.ts'
import { timestamp } from './clock.ts'
import type { Project } from './records.ts'
import type { State } from './state.ts'

/** @throws {ApiError} 96005 for an invalid format (F12), 96027 for a project outside the scope of the key. */
export function requireProject(state: State, projectId: string): Project {
  if (!projectId.startsWith('proj-')) {
    throw new ApiError(96005, `Invalid project ID. It should look like proj-xxxx, got ${projectId}`)
  }
  const project = state.projects.find(candidate => candidate.projectId === projectId)
  if (project === undefined)
    throw new ApiError(96027, `The project is outside the scope of the API key: ${projectId}`)
  return project
}

export function projectDetails(state: State, project: Project) {
  const instances = state.clusters.filter(
    cluster => cluster.projectId === project.projectId && cluster.status !== 'DELETED',
  ).length
  const recorded = {
    projectId: project.projectId,
    projectName: project.projectName,
    instanceCount: state.variants.countsAs === 'text' ? String(instances) : instances,
    createTime: timestamp(project.createdAt),
    plan: project.plan,
  }
  if (state.variants.projectFields === 'recorded') return recorded
  return { ...recorded, regionIds: project.regionIds, orgType: 'SAAS', description: project.description }
}
