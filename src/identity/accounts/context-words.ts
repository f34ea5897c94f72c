import { fold, foldSigns } from './folding.ts'

const shortestWord = 4
const shortestRun = 6
const mostWords = 12

/** Words between first and last name: a run of these alone ("van der") is nobody's name. */
const particles = new Set([
  'van',
  'von',
  'de',
  'den',
  'der',
  'het',
  'in',
  'op',
  'te',
  'ten',
  'ter',
  'la',
  'le',
  'el',
  'di',
  'du',
])

/** What is written between the letters and figures. */
const between = /[^\p{L}\p{N}]+/u

/** The last part of a domain name (nl, com) says nothing about anybody. */
const withoutTopDomain = (text: string): string => text.replace(/(@.*)\.[^.@]+$/u, '$1')

const wordsOf = (text: string): string[] =>
  withoutTopDomain(text)
    .split(between)
    .filter((word) => word !== '')
    .slice(0, mostWords)

const letters = (word: string): number => word.match(/\p{L}/gu)?.length ?? 0

/** Neighbouring words written as one: "Jan de Wit" gives jande, jandewit, dewit. */
function runs(words: string[]): string[] {
  const taken = words.flatMap((_, from) => words.slice(from + 1).map((_, more) => words.slice(from, from + more + 2)))
  return taken.filter((run) => run.some((word) => !particles.has(fold(word)))).map((run) => run.join(''))
}

/**
 * The first word out of the person's own surroundings that the password contains, or null.
 * `context` holds names of firm and person, user name and e-mail address as they are stored.
 * Words from 4 letters are looked for where they stand; several short words written as one (from 6 letters,
 * "Van Dam") also across spaces and dashes. Capitals, accents and signs for letters make no difference.
 */
export function contextWordIn(password: string, context: readonly string[]): string | null {
  const forms = [fold(password), foldSigns(password)]
  const closed = forms.map((form) => form.replace(/[\s\p{P}]+/gu, ''))
  const holds = (texts: string[], word: string) => texts[0]?.includes(fold(word)) || texts[1]?.includes(foldSigns(word))
  for (const words of context.map(wordsOf)) {
    const word = words.find((word) => letters(word) >= shortestWord && holds(forms, word))
    const run = word ?? runs(words).find((run) => letters(run) >= shortestRun && holds(closed, run))
    if (run) return fold(run)
  }
  return null
}
