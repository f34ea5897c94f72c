import type { BreachedList } from './breached-list.ts'
import { contextWordIn } from './context-words.ts'
import { isGuessable } from './guessable.ts'

type Leaked = Pick<BreachedList, 'has'>

/** What a firm asks of a password. Lengths in code points after NFC. */
export interface PasswordPolicy {
  readonly minimum: number
  readonly maximum: number
  /** Characters of which one must occur, or null. */
  readonly oneOf: string | null
  readonly refuse: readonly ('common' | 'breached' | 'context')[]
}

export type RuleName = 'length' | 'oneOf' | 'common' | 'breached' | 'context' | 'maximum' | 'characters'

/** A rule with what the words of any of them need: `word` of the person or the firm, where one is in the password. */
export interface Rule {
  name: RuleName
  params: { minimum: number; maximum: number; characters: string; word: string }
}

const paramsOf = ({ minimum, maximum, oneOf }: PasswordPolicy, word = ''): Rule['params'] => ({
  minimum,
  maximum,
  characters: Array.from(oneOf ?? '').join(' '),
  word,
})

export interface Verdict {
  /** In the order of showing; text key `accounts.rule.<name>`, and `accounts.rule.<name>.broken` as the error. */
  rules: (Rule & { ok: boolean })[]
  ok: boolean
  /** What is to be hashed: the password in NFC, never trimmed or cut. */
  nfc: string
}

/**
 * The rules to show before anything is typed. Without a breached list on this machine there is no breached rule:
 * a firm that asks for it gets the rule against common passwords, and the page promises nothing more.
 */
export function passwordRules(policy: PasswordPolicy, breached: Leaked | null = null): Rule[] {
  const asked = (name: 'common' | 'breached' | 'context') => policy.refuse.includes(name)
  const rules: [RuleName, boolean][] = [
    ['length', true],
    ['oneOf', Boolean(policy.oneOf)],
    ['common', asked('common') || (asked('breached') && !breached)],
    ['breached', asked('breached') && breached !== null],
    ['context', asked('context')],
  ]
  return rules.filter(([, shown]) => shown).map(([name]) => ({ name, params: paramsOf(policy) }))
}

/** Control characters and halves of characters: no keyboard gives them and not every browser sends them alike. */
const unfit = /[\p{Cc}\p{Cs}]/u

/** What a password is judged by: the firm's rules, what belongs to the person and the firm, and the known ones. */
type By = [policy: PasswordPolicy, context: readonly string[], breached?: Leaked | null]

const judges: Record<Exclude<RuleName, 'context'>, (nfc: string, ...by: By) => boolean> = {
  length: (nfc, policy) => Array.from(nfc).length >= policy.minimum,
  maximum: (nfc, policy) => Array.from(nfc).length <= policy.maximum,
  characters: (nfc) => !unfit.test(nfc),
  oneOf: (nfc, policy) => Array.from(policy.oneOf ?? '').some((character) => nfc.includes(character)),
  common: (nfc) => !isGuessable(nfc),
  breached: (nfc, _policy, _context, breached) => nfc !== '' && !breached?.has(nfc),
}

/** Judges by one rule; that of the person's surroundings says by which word too. */
function judged(name: RuleName, nfc: string, ...by: By): Rule & { ok: boolean } {
  const [policy, context] = by
  if (name !== 'context') return { name, params: paramsOf(policy), ok: judges[name](nfc, ...by) }
  const word = contextWordIn(nfc.slice(0, 2 * policy.maximum), context) // whatever comes behind is too long anyway
  return { name, params: paramsOf(policy, word ?? ''), ok: nfc !== '' && word === null }
}

/** The rules that are shown, and those that only show when they are broken. */
const silent: RuleName[] = ['maximum', 'characters']
const shown = ([policy, , breached = null]: By): RuleName[] => passwordRules(policy, breached).map(({ name }) => name)

/**
 * Judges a password, rule by rule. `context` holds what belongs to the person and the firm, as stored: the firm's name,
 * user name, e-mail address, the person's names. Two rules appear only when they are broken: `maximum`
 * (more code points than allowed) and `characters` (control characters). Nothing of the password is kept or logged.
 * Rules after NIST SP 800-63B-4, 3.1.1.2.
 */
export function judgePassword(password: string, ...by: By): Verdict {
  const nfc = password.normalize('NFC')
  const rules = [
    ...shown(by).map((name) => judged(name, nfc, ...by)),
    ...silent.map((name) => judged(name, nfc, ...by)).filter((rule) => !rule.ok),
  ]
  return { rules, ok: rules.every((rule) => rule.ok), nfc }
}

/** The first rule that a password breaks, in the same order; undefined for none. No further is judged than that. */
export function brokenRule(password: string, ...by: By): Rule | undefined {
  const nfc = password.normalize('NFC')
  // Guessing how soon it is guessed takes longer than everything else of a form together.
  for (const name of [...shown(by), ...silent]) {
    const rule = judged(name, nfc, ...by)
    if (!rule.ok) return rule
  }
  return undefined
}
