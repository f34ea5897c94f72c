import type { FieldErrors } from '../../platform/http/answer.ts'

/** Characters in a name that somebody gives to something of their own. */
const longest = 60

/** What is wrong with such a name, or null. */
export function nameMistake(name: string): FieldErrors | null {
  if (!name) return { name: { key: 'profile.called.empty' } }
  return name.length > longest ? { name: { key: 'profile.called.long', params: { most: longest } } } : null
}

/** These words, numbered when something is called that already. */
export function freeName(words: string, taken: (string | null)[]): string {
  const names = [words, ...taken.map((_, at) => `${words} ${at + 2}`)]
  return names.find((name) => !taken.includes(name)) ?? words
}
