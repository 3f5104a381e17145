import { jobAnswer, requireJob } from '../jobs.ts'
import { projectAnswer, requireProject } from '../projects.ts'
import { regionsOf } from '../regions.ts'
import { type Handler, param } from './call.ts'

export const describeJob: Handler = (state, call) =>
  jobAnswer(requireJob(state, param(call, 'jobId')), call.now)

export const listProjects: Handler = state => state.projects.map(project => projectAnswer(state, project))

export const describeProject: Handler = (state, call) =>
  projectAnswer(state, requireProject(state, param(call, 'projectId')))

export const listCloudRegions: Handler = (_state, { query }) => regionsOf(query.cloudId)
