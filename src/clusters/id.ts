/** What ids and names of clusters look like. */

/** `in`, two digits, a hyphen, ten or more letters and digits (F11). */
export function isIdShaped(text: string): boolean {
  return /^in\d\d-[0-9a-z]{10,}$/i.test(text)
}

/** An id, or a name, with which nothing can be wrong; what else there is needs a closer look. */
export function isPlain(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,255}$/.test(text)
}
