import { readFileSync } from 'node:fs'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'

/** UTF-16 units looked at in one go: the work grows faster than the length (128 at once took 0.2 s). */
const glance = 32

/** Powers of ten. A word with a year and two signs behind it takes about 10⁸ guesses, three unrelated words 10¹² and more. */
const enough = 9.5

/** One word per line, the most used first: that order is the number of guesses a word costs. */
const dutch = readFileSync(new URL('./dutch-words.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')

const estimate = new ZxcvbnFactory({
  dictionary: { ...common, ...english, 'common-nl': dutch },
  graphs: adjacencyGraphs,
  maxLength: glance,
  // Ways of reading signs as letters that are tried. The package's 100 made it five times slower and found no more.
  l33tMaxSubstitutions: 8,
})

/** Random characters count ten guesses each and always pass, also in a password shorter than `enough` asks. */
const weak = (text: string): boolean =>
  estimate.check(text).guessesLog10 < Math.min(enough, Math.min(text.length, glance) - 1)

/**
 * Whether the password is a known one, a word, a name, a date, a row on the keyboard or a repetition of these,
 * in Dutch or English, also with figures and signs for letters (estimate of zxcvbn, USENIX Security 2016).
 * Of a long password the beginning and the end are looked at; it is guessable when both are.
 */
export function isGuessable(password: string): boolean {
  return password === '' || (weak(password) && (password.length <= glance || weak(password.slice(-glance))))
}
