/** The secrets this process knows, so that every text that leaves it can be searched for them. */

/** Below this a secret cannot be real, and masking it would blank out unrelated text. */
export const shortestSecret = 6

const forms = new Set<string>()

/** @returns false when the secret is known already */
export function rememberSecret(secret: string): boolean {
  const before = forms.size
  for (const form of secretForms(secret)) forms.add(form)
  return forms.size > before
}

/** Replaces every known secret, however it got into the text. Longest first, since one may hold another. */
export function redact(text: string): string {
  let clean = text
  for (const form of [...forms].sort((one, other) => other.length - one.length)) {
    clean = clean.replaceAll(form, '***')
  }
  return clean
}

/**
 * The texts a secret may show up as: the value, its lines, and the encodings JSON, URLs, headers and base64
 * make of them. Parts below the shortest secret are left out.
 */
export function secretForms(secret: string): string[] {
  const parts = [secret, ...secretLines(secret)].filter(part => part.trim().length >= shortestSecret)
  const all = parts.flatMap(part => [
    part,
    JSON.stringify(part).slice(1, -1),
    encodeURIComponent(part.toWellFormed()),
    Buffer.from(part).toString('base64'),
    Buffer.from(part).toString('base64url'),
  ])
  return [...new Set(all)]
}

export function secretLines(secret: string): string[] {
  return secret.split(/[\r\n]+/)
}
