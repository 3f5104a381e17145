/** What of GitHub's toolkit goes into dist/: the parts that the action uses, when it uses them. */
import type { Plugin } from 'rolldown'
import { parseAst } from 'rolldown/parseAst'

/** Methods of the toolkit's HttpClient that nothing calls: requests are made with `request`, bodies are read here. */
const unusedMethods = [
  ...['options', 'get', 'del', 'post', 'patch', 'put', 'head', 'sendStream'],
  ...['getJson', 'postJson', 'putJson', 'patchJson', '_processResponse'],
  ...['_getExistingOrDefaultHeader', '_getExistingOrDefaultContentTypeHeader'],
  ...['getAgentDispatcher', '_getProxyAgentDispatcher', 'readBody', 'readBodyBuffer'],
]

export function toolkitParts(): Plugin[] {
  return [octokitAlone(), withoutUndici(), withoutUnusedMethods(), httpsWhenAsked(), tunnelWithProxyAlone()]
}

/**
 * undici is nine tenths of what the toolkit weighs, and http-client needs it for proxied fetch alone, which the action
 * never calls. A named export, so that a name which http-client starts to import one day stops the build.
 */
function withoutUndici(): Plugin {
  return {
    name: 'without-undici',
    resolveId: id => (id === 'undici' ? 'left-out:undici' : undefined),
    load: id =>
      id === 'left-out:undici'
        ? `export class ProxyAgent {
            constructor() {
              throw new Error('undici is not part of this bundle (see scripts/build.ts)')
            }
          }`
        : undefined,
  }
}

/**
 * Of @actions/github only what sends a request. Its own copy of http-client and undici are there for `fetch`, which the
 * action brings itself (src/github/fetch.ts); the names of all endpoints and the paging are not used.
 */
function octokitAlone(): Plugin {
  const texts = new Map([
    ['@actions/http-client', 'export class HttpClient { getAgent() {} getAgentDispatcher() {} }'],
    ['undici', "export function fetch() { throw new Error('left out (see scripts/build.ts)') }"],
    ['@octokit/plugin-rest-endpoint-methods', 'export const restEndpointMethods = () => ({})'],
    ['@octokit/plugin-paginate-rest', 'export const paginateRest = () => ({})'],
  ])
  const here = 'left-out:github:'
  return {
    name: 'octokit-alone',
    resolveId: (id, importer = '') =>
      texts.has(id) && /@actions[/\\]github[/\\]/.test(importer) ? `${here}${id}` : undefined,
    load: id => (id.startsWith(here) ? texts.get(id.slice(here.length)) : undefined),
  }
}

/**
 * A bundler keeps every method of a class. Half of http-client's are for JSON and streams, which the action does not
 * use; a name that is not there any more, or that what is left calls, stops the build.
 */
function withoutUnusedMethods(): Plugin {
  return {
    name: 'without-unused-methods',
    transform(code, id) {
      if (!/@actions[/\\]http-client[/\\]lib[/\\]index\.js$/.test(id)) return undefined
      const found = methodsIn(code).filter(({ name }) => unusedMethods.includes(name))
      const missing = unusedMethods.filter(name => !found.some(method => method.name === name))
      const left = found
        .toReversed()
        .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), code)
      const called = unusedMethods.filter(name => left.includes(`this.${name}(`))
      if (missing.length + called.length > 0) {
        throw new Error(
          `http-client has changed (see scripts/build.ts): ${[...missing, ...called].join(', ')}`,
        )
      }
      return withoutUnusedWords(left)
    },
  }
}

/** Nor does it drop what an enum of TypeScript has and nothing reads. None of them is exported: an import stops the build. */
function withoutUnusedWords(code: string): string {
  const member = /^ {4}(\w+)\[(?:\1\[)?"(\w+)"\].*\n/gm
  const empty = /^var (\w+);\n\(function \(\1\) \{\n\}\)\(\1 \|\| \(\1 = \{\}\)\);\n/gm
  return code
    .replace(/^export (?=var \w+;\n\(function )/gm, '')
    .replace(member, (line, name, word) => (new RegExp(`\\b${name}\\.${word}\\b`).test(code) ? line : ''))
    .replace(empty, '')
}

/** In the order of the file. */
function methodsIn(code: string): { name: string; start: number; end: number }[] {
  const classes = parseAst(code).body.flatMap(statement => {
    const declared = 'declaration' in statement ? statement.declaration : statement
    return declared?.type === 'ClassDeclaration' ? [declared] : []
  })
  return classes.flatMap(({ body }) =>
    body.body.flatMap(member =>
      member.type === 'MethodDefinition' && member.key.type === 'Identifier'
        ? [{ name: member.key.name, start: member.start, end: member.end }]
        : [],
    ),
  )
}

/** Only a request through a proxy needs the package "tunnel", so it is a file of its own that is loaded then. */
function tunnelWithProxyAlone(): Plugin {
  const makers = ['httpOverHttp', 'httpsOverHttp', 'httpOverHttps', 'httpsOverHttps']
  const each = makers.map(
    name => `export const ${name} = options => module.require('./tunnel.cjs').${name}(options)`,
  )
  return {
    name: 'tunnel-with-proxy-alone',
    resolveId: (id, importer) => (id === 'tunnel' && importer !== undefined ? 'left-out:tunnel' : undefined),
    load: id => (id === 'left-out:tunnel' ? each.join('\n') : undefined),
  }
}

/** TLS takes node a while to load: only a request over https needs it. */
function httpsWhenAsked(): Plugin {
  const statement = "import * as https from 'https';"
  const when = "const https = new Proxy({}, { get: (_, name) => module.require('https')[name] });"
  return {
    name: 'https-when-asked',
    transform(code, id) {
      if (!/@actions[/\\]http-client[/\\]lib[/\\]index\.js$/.test(id)) return undefined
      if (!code.includes(statement)) throw new Error(`http-client does not have: ${statement}`)
      return code.replace(statement, when)
    },
  }
}
