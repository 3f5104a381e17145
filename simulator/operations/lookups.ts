import { jobDetails, requireJob } from '../jobs.ts'
import { projectDetails, requireProject } from '../projects.ts'
import { regionsOf } from '../regions.ts'
import { type Handler, param } from './call.ts'

export const describeJob: Handler = (state, call) =>
  jobDetails(requireJob(state, param(call, 'jobId')), call.now)

export const listProjects: Handler = state => state.projects.map(project => projectDetails(state, project))

export const describeProject: Handler = (state, call) =>
  projectDetails(state, requireProject(state, param(call, 'projectId')))

export const listCloudRegions: Handler = (_state, { query }) => regionsOf(query.cloudId)
