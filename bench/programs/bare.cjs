// The least a program can do: the requests that it is given, one after the other, with node's own http or https.
'use strict'

const [base, asked] = process.argv.slice(2)
const { request: open } = require(base.startsWith('https:') ? 'node:https' : 'node:http')

function send({ method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const request = open(`${base}${path}`, { method, headers }, response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', part => {
        text += part
      })
      response.on('end', () => resolve(JSON.parse(text)))
    })
    request.on('error', reject)
    request.end(body)
  })
}

async function sendAll() {
  for (const one of JSON.parse(asked)) {
    const { code } = await send(one)
    if (code !== 0) throw new Error(`code ${code}`)
  }
}

sendAll().catch(error => {
  console.error(error)
  process.exitCode = 1
})
