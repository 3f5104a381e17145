/** Ids are opaque (F14), but none may change the path it is put into, whoever it comes from. */
export function isSafeId(text: string): boolean {
  return /^[^/\\\p{Cc}\p{Cs}]{1,200}$/u.test(text) && !/^\.{1,2}$/.test(text.trim())
}
