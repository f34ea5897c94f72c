import { z } from 'zod'
import { byName, type ByName } from './by-name.ts'
import type { Policy, PolicyCheck } from './policy.ts'

/** A way to give the second step when signing in, as `tenant.json` names it. Which there are, the modules say. */
export type FactorName = string

/** What reading a firm's choices needs to know of a factor; the factor says it of itself. */
export interface FactorKind {
  readonly name: FactorName
  /** What it was called before, the oldest first: read wherever it was written down, never written again. */
  readonly aliases?: readonly string[]
  /**
   * `own`: somebody sets it up. `given`: everybody has it with their account. `backup`: opens nothing but beside one of
   * the others, and no firm lists it.
   */
  readonly kind: 'own' | 'given' | 'backup'
  /** Strong enough to show once more who one is; a mailed code is not, beside a mailed reset. */
  readonly stepsUp: boolean
  /** How hard it is to get at from elsewhere: of several, the one with the most is asked where no firm says which. */
  readonly strength: number
  /** The messages its codes are sent as. What is sent can be intercepted on its way: something else would be safer. */
  readonly sentAs?: 'mail' | 'sms'
  /** Of the firm's own people: `always` among their ways, or `never`; left out: where the firm offers it. */
  readonly ownPeople?: 'always' | 'never'
  /** Offered where a firm says nothing of factors, in this place. */
  readonly byDefault?: number
  /** It can be lost with the only thing it is on, so where a firm offers it there is a backup too. */
  readonly asksBackup?: true
  /** What of a firm's choices makes no sense together, as far as this factor is concerned. */
  readonly policyCheck?: PolicyCheck
}

/** Every factor there is, in the order in which the modules list them. */
export type FactorKinds<K extends FactorKind = FactorKind> = ByName<K>

/** Keeps factors by their names. */
export const factorKinds = <K extends FactorKind>(all: readonly K[]): FactorKinds<K> => byName('factor', all)

/** Those a firm can list and a person can choose by themselves; a backup only ever stands beside one of these. */
const chosenFactors = ({ all }: FactorKinds): FactorKind[] => all.filter(({ kind }) => kind !== 'backup')

/** The name of a factor that a firm can list, as choices are read. */
export type FactorChoice = z.ZodType<FactorName, FactorName>
export const factorChoice = (kinds: FactorKinds): FactorChoice => z.enum(chosenFactors(kinds).map(({ name }) => name))

/** What a firm offers that says nothing of it. */
export const offeredByDefault = (kinds: FactorKinds): FactorName[] =>
  chosenFactors(kinds)
    .flatMap(({ name, byDefault }) => (byDefault === undefined ? [] : [{ name, byDefault }]))
    .sort((a, b) => a.byDefault - b.byDefault)
    .map(({ name }) => name)

/** The factors a firm offers, in its order. */
export const offeredFactors = <K extends FactorKind>(
  kinds: FactorKinds<K>,
  { secondFactor }: Pick<Policy, 'secondFactor'>,
): K[] => secondFactor.of.flatMap((name) => kinds.find(name) ?? [])

/** Whether a firm sends codes as such messages. */
export const sendsCodesAs = (kinds: FactorKinds, policy: Policy, message: FactorKind['sentAs']): boolean =>
  offeredFactors(kinds, policy).some(({ sentAs }) => sentAs === message)
