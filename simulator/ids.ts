const HEX = '0123456789abcdef'
const ALPHANUMERIC = '0123456789abcdefghijklmnopqrstuvwxyz'

/** Generates ids. The same seed gives the same ids in the same order, so that transcripts do not change. */
export interface IdMaker {
  /** `in01-` for Dedicated, `in03-` for Free, `in05-` for Serverless; then 15 hex characters (F11). */
  cluster(prefix?: 'in01-' | 'in03-' | 'in05-'): string
  /** `proj-` and 22 hex characters (F12). */
  project(): string
  /** 22 lower-case letters and digits after the prefix; one documented example has `job_` (F13). */
  job(prefix: 'job-' | 'job_'): string
  /** `backup<number>_` and 15 characters in real-looking examples, `backup-` in placeholders (F14). */
  backup(number: number, shape: 'numbered' | 'hyphen'): string
  /** 16 characters, several of them punctuation, like a recorded one (F53). */
  password(): string
  /** A UUID of version 4. From a separate stream: the number of responses must not change the other ids. */
  request(): string
}

export function createIdMaker(seed: number): IdMaker {
  const entities = randomStream(seed)
  const passwords = randomStream(seed + 1)
  const requests = randomStream(seed + 2)
  return {
    cluster: (prefix = 'in01-') => prefix + draw(entities, HEX, 15),
    project: () => `proj-${draw(entities, HEX, 22)}`,
    job: prefix => prefix + draw(entities, ALPHANUMERIC, 22),
    backup: (number, shape) =>
      (shape === 'numbered' ? `backup${number}_` : 'backup-') + draw(entities, ALPHANUMERIC, 15),
    password: () => {
      const letters = draw(passwords, `${ALPHANUMERIC}ABCDEFGHIJKLMNOPQRSTUVWXYZ`, 11)
      const marks = draw(passwords, '!@#$%^&*()_+-=;,./<>', 5)
      return [...letters].map((letter, at) => letter + (at % 2 === 0 ? (marks[at / 2] ?? '') : '')).join('')
    },
    request: () => {
      const hex = draw(requests, HEX, 30)
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18)}`
    },
  }
}

function draw(next: () => number, alphabet: string, length: number): string {
  let text = ''
  for (let at = 0; at < length; at++) text += alphabet[Math.floor(next() * alphabet.length)]
  return text
}

/** Mulberry32: small and repeatable; not safe for secrets. */
function randomStream(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
