/**
 * A dictionary as the runner keeps outputs and state: names that differ only in
 * case are one name; its first spelling stays, the last value wins.
 */
export type AnyCase = {
  set(name: string, value: string): void
  entries(): Record<string, string>
}

/** Starts an empty dictionary. */
export function anyCase(): AnyCase {
  const spelling = new Map<string, string>()
  const values = new Map<string, string>()
  return {
    set(name, value) {
      const first = spelling.get(name.toLowerCase()) ?? name
      spelling.set(name.toLowerCase(), first)
      values.set(first, value)
    },
    entries: () => Object.fromEntries(values),
  }
}
