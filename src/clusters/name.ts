/**
 * The name of a new cluster. Sources disagree about what it may hold (F16): refused here is only what none
 * of them allows, the rest is the service's to decide.
 */

/** What no source allows: other characters than these, or more than 255 of them. */
export function isPossibleName(name: string): boolean {
  return /^[A-Za-z0-9 _\-\p{Script=Han}]{1,255}$/u.test(name)
}

/** The nearest name that every source allows: letters, digits and single hyphens, at most 64. */
export function safeName(name: string): string {
  return name
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 64)
    .replace(/-$/, '')
}

/** "Try …" with the nearest safe name, where one is left. */
export function offerSafeName(name: string): string {
  const safe = safeName(name)
  return safe === '' || safe === name ? '' : ` Try ${safe}.`
}
