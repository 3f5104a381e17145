// Looks at a job every so many seconds, as the vendor's CLI does.
'use strict'

const http = require('node:http')

const [base, key, jobId, seconds] = process.argv.slice(2)

function look() {
  const options = { headers: { authorization: `Bearer ${key}` } }
  http.get(`${base}/v2/jobs/${jobId}`, options, response => {
    let text = ''
    response.on('data', part => {
      text += part
    })
    response.on('end', () => {
      if (JSON.parse(text).data.status !== 'SUCCESSFUL') setTimeout(look, Number(seconds) * 1000)
    })
  })
}

look()
