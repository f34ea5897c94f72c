import type { Context } from '../../tenancy/context.ts'
import type { FactorName, Policy } from '../../tenancy/policy.ts'
import { findSecretQuestion, type Account } from '../../identity/accounts/index.ts'
import { waysWith } from '../../identity/challenge/index.ts'
import { offersGiven } from '../../identity/factors/index.ts'
import { readFacts, staged, type Facts, type FlowProgress, type Kinds } from '../../identity/flow/index.ts'
import { isOverdue, missing, requirementFactsOf } from '../../identity/requirements/index.ts'
import { occasion } from './occasion.ts'

/** What is known of somebody who came by a mailed link, and what this browser has shown so far. */
export interface RecoveryFacts extends Facts {
  /** Has finished the activation: there is something to protect. */
  active: boolean
  /** Their secret question; null for who has none, and where it cannot be read any more. */
  question: string | null
  /** Two people of the firm said that no factor is needed. */
  released: boolean
  /** Has no second step yet, and the firm still lets them in without one for a while. */
  inGrace: boolean
  /** The firm lets in with what everybody has with their account, such as a mailed code. */
  given: boolean
  /** What can be asked beside the link: never mail, since the link came by mail. */
  ways: FactorName[]
  /** What waits to be saved: the hash of the new password, and the new number where that belongs to it. */
  waiting: { hash: string | null; number: string | null }
}

/** Who it is about, and how far this browser is. */
interface Of {
  context: Context
  account: Account
  progress: FlowProgress
  policy: Policy
  kinds: Kinds
}

/** The words of somebody's secret question, where the firm asks it. */
async function questionOf({ context, account, policy }: Of): Promise<string | null> {
  const found = policy.recovery.question ? await findSecretQuestion(context, account.id) : undefined
  return found ? context.unseal('secret_question', 'question', account.id, found.question) : null
}

async function isInGrace({ context, account }: Of): Promise<boolean> {
  const requirementFacts = await requirementFactsOf(context, account.id)
  const lacked = requirementFacts && missing(context.services, context.tenant, requirementFacts)
  return Boolean(lacked && !isOverdue(lacked, context.today))
}

/** What is known by now. @param released by the link of two people's yes */
export async function factsOf(of: Of, released: boolean): Promise<RecoveryFacts> {
  const { context, account, progress, policy, kinds } = of
  const [factsIn, question, inGrace, hash, number] = await Promise.all([
    readFacts(context, account.id, kinds.all),
    questionOf(of),
    isInGrace(of),
    staged(of, 'password'),
    staged(of, 'number'),
  ])
  if (!factsIn) throw new Error('progress on a link without its account')
  const facts = factsIn(progress.id)
  return {
    ...facts,
    choices: policy,
    via: null,
    since: null,
    active: account.activatedAt !== null,
    question,
    released,
    inGrace,
    given: offersGiven(context, policy),
    ways: await waysWith(context, occasion, account, facts.factors),
    waiting: { hash, number },
  }
}
