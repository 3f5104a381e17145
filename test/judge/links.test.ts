import { expect, test } from 'vitest'
import { links, withLinks } from '../../judge/links.ts'
import { loadContract, loadDataContract } from '../../simulator/contract.ts'

interface Operation {
  operationId: string
  parameters?: { name: string }[]
  requestBody?: object
  responses: Record<string, { links?: Record<string, unknown> }>
}

const documents = [(await loadContract()).document, (await loadDataContract()).document]

const operations = documents.flatMap(document =>
  Object.values(document.paths ?? {}).flatMap(path => {
    const { parameters = [], ...methods } = path as unknown as Record<string, Operation> & {
      parameters?: { name: string }[]
    }
    return Object.values(methods).map(operation => ({
      ...operation,
      names: [...parameters, ...(operation.parameters ?? [])].map(({ name }) => name),
    }))
  }),
)
const find = (id: string) => operations.find(({ operationId }) => operationId === id)

const every = Object.entries(links('in01-1')).flatMap(([from, next]) => next.map(link => ({ from, ...link })))

test.each(every)('what follows $from as $operationId is documented', ({ from, ...link }) => {
  const target = find(link.operationId)
  expect(find(from)).toBeDefined()
  expect(target?.names).toEqual(expect.arrayContaining(Object.keys(link.parameters ?? {})))
  if (link.requestBody !== undefined) expect(target?.requestBody).toBeDefined()
})

test('a link stands at the answer that has what it needs, and the document that was given is as it was', () => {
  const answer = { description: 'Started.' }
  const document = {
    openapi: '3.1.0',
    info: { title: 'one', version: '1' },
    paths: { '/one': { post: { operationId: 'exportBackup', responses: { '200': answer } } } },
  }
  const linked = withLinks(document, 'in01-1')
  expect(linked.paths?.['/one']?.post?.responses).toEqual({
    '200': {
      ...answer,
      links: {
        describeJob: { operationId: 'describeJob', parameters: { jobId: '$response.body#/data/jobId' } },
      },
    },
  })
  expect(answer).toEqual({ description: 'Started.' })
})
