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

type Judge = (nfc: string, policy: PasswordPolicy, breached: Leaked | null, contextWord: string | null) => boolean

const judges: Record<RuleName, Judge> = {
  length: (nfc, policy) => Array.from(nfc).length >= policy.minimum,
  maximum: (nfc, policy) => Array.from(nfc).length <= policy.maximum,
  characters: (nfc) => !unfit.test(nfc),
  oneOf: (nfc, policy) => Array.from(policy.oneOf ?? '').some((character) => nfc.includes(character)),
  common: (nfc) => !isGuessable(nfc),
  breached: (nfc, _, breached) => nfc !== '' && !breached?.has(nfc),
  context: (nfc, _policy, _breached, word) => nfc !== '' && word === null,
}

/**
 * Judges a password, rule by rule. `context` holds what belongs to the person and the firm, as stored: the firm's name,
 * user name, e-mail address, the person's names. Two rules appear only when they are broken: `maximum`
 * (more code points than allowed) and `characters` (control characters). Nothing of the password is kept or logged.
 * Rules after NIST SP 800-63B-4, 3.1.1.2.
 */
export function judgePassword(
  password: string,
  policy: PasswordPolicy,
  context: readonly string[],
  breached: Leaked | null = null,
): Verdict {
  const nfc = password.normalize('NFC')
  const word = contextWordIn(nfc.slice(0, 2 * policy.maximum), context) // whatever comes behind is too long anyway
  const judged = (name: RuleName) => ({
    name,
    params: paramsOf(policy, word ?? ''),
    ok: judges[name](nfc, policy, breached, word),
  })
  const shown = passwordRules(policy, breached).map(({ name }) => judged(name))
  const silent = [judged('maximum'), judged('characters')]
  const rules = [...shown, ...silent.filter((rule) => !rule.ok)]
  return { rules, ok: rules.every((rule) => rule.ok), nfc }
}
