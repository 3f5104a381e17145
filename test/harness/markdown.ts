/** Pages in Markdown, as far as the tests need to understand them. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Slugger from 'github-slugger'
import { marked, type Token, type Tokens } from 'marked'

const root = dirname(dirname(import.meta.dirname))

interface Heading {
  level: number
  text: string
  /** As GitHub makes it. */
  anchor: string
}

export interface Page {
  headings: Heading[]
  /** Of links and pictures, in their order. */
  links: string[]
  /** Blocks of code, with their language. */
  code: { language: string; text: string }[]
  /** Of tables, each a list of its cells in Markdown, without the head. */
  rows: string[][]
  /** Names that another page can link to. */
  anchors: string[]
  lines: number
}

/** @param file from the root of the repository */
export function readPage(file: string): Page {
  return parsePage(readFileSync(join(root, file), 'utf8'))
}

export function parsePage(text: string): Page {
  const slugger = new Slugger()
  const lines = text.trimEnd().split('\n').length
  const page: Page = { headings: [], links: [], code: [], rows: [], anchors: [], lines }
  const addHtml = (html: string) => {
    page.links.push(...valuesOf(html, 'href|src|srcset'))
    page.anchors.push(...valuesOf(html, 'id|name'))
  }
  void marked.walkTokens(marked.lexer(text), (token: Token) => {
    if (token.type === 'heading') {
      const heading = plainText(token)
      page.headings.push({ level: token.depth, text: heading, anchor: slugger.slug(heading) })
    } else if (token.type === 'link' || token.type === 'image') page.links.push(token.href)
    else if (token.type === 'html') addHtml(token.raw)
    else if (token.type === 'table') page.rows.push(...rowsOf(token as Tokens.Table))
    else if (token.type === 'code') page.code.push({ language: token.lang ?? '', text: token.text })
  })
  page.anchors.push(...page.headings.map(({ anchor }) => anchor))
  return page
}

function rowsOf({ rows }: Tokens.Table): string[][] {
  return rows.map(cells => cells.map(({ text }) => text))
}

function plainText(token: Token): string {
  const inner = 'tokens' in token ? token.tokens : undefined
  if (inner !== undefined) return inner.map(plainText).join('')
  return 'text' in token ? String(token.text) : ''
}

function valuesOf(html: string, attributes: string): string[] {
  const found = html.matchAll(new RegExp(`\\s(?:${attributes})="([^"]*)"`, 'g'))
  return [...found].map(([, value = '']) => value)
}
