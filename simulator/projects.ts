import { timestamp } from './clock.ts'
import type { Project } from './records.ts'
import { Refusal } from './refusal.ts'
import type { State } from './state.ts'

/** @throws {Refusal} 96005 for a wrong shape (F12), 96027 for a project the key does not reach. */
export function requireProject(state: State, projectId: string): Project {
  if (!projectId.startsWith('proj-')) {
    throw new Refusal(96005, `Invalid project ID. It should look like proj-xxxx, got ${projectId}`)
  }
  const project = state.projects.find(candidate => candidate.projectId === projectId)
  if (project === undefined)
    throw new Refusal(96027, `The project is outside the scope of the API key: ${projectId}`)
  return project
}

export function projectAnswer(state: State, project: Project) {
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
