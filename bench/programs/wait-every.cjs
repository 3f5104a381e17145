// Starts a backup, and looks at its job every so many seconds, as the vendor's CLI does.
'use strict'

const http = require('node:http')

const [base, key, clusterId, seconds] = process.argv.slice(2)
const authorization = `Bearer ${key}`

function send(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = { authorization, 'content-type': 'application/json' }
    const request = http.request(`${base}${path}`, { method, headers }, response => {
      let text = ''
      response.on('data', part => {
        text += part
      })
      response.on('end', () => resolve(JSON.parse(text).data))
    })
    request.on('error', reject)
    request.end(body)
  })
}

async function look(jobId) {
  const { status } = await send('GET', `/v2/jobs/${jobId}`)
  if (status !== 'SUCCESSFUL') setTimeout(look, Number(seconds) * 1000, jobId)
}

async function backUp() {
  const body = JSON.stringify({ backupType: 'CLUSTER' })
  const { jobId } = await send('POST', `/v2/clusters/${clusterId}/backups/create`, body)
  await look(jobId)
}

backUp().catch(error => {
  console.error(error)
  process.exitCode = 1
})
