// The least a program can do: two requests with node's own http, one after the other.
'use strict'

const http = require('node:http')

const [base, key, ...paths] = process.argv.slice(2)

function ask(path) {
  return new Promise((resolve, reject) => {
    const options = { headers: { authorization: `Bearer ${key}`, accept: 'application/json' } }
    const request = http.get(`${base}${path}`, options, answer => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', part => {
        text += part
      })
      answer.on('end', () => resolve(JSON.parse(text)))
    })
    request.on('error', reject)
  })
}

async function askAll() {
  for (const path of paths) {
    const { code } = await ask(path)
    if (code !== 0) throw new Error(`code ${code}`)
  }
}

askAll().catch(error => {
  console.error(error)
  process.exitCode = 1
})
