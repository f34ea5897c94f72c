import { see, type See } from '../../platform/answer.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import type { PersonVisit, Visit } from '../../tenancy/visit.ts'
import type { Account } from '../accounts/index.ts'
import { audit } from '../audit/index.ts'
import { factorFactsSelect, factors, usable, type FactorFacts } from '../factors/index.ts'
import { arrive } from '../onboarding/index.ts'
import { beginSession, isTrusted, raiseSession } from '../sessions/index.ts'

/** What somebody can give the second step with; none where the firm asks none of them. */
export async function waysOf(visit: Visit, accountId: string): Promise<FactorName[]> {
  const row = await visit.one<{ factors: FactorFacts }>(`select ${factorFactsSelect} as factors from account a where a.id = ?`, [accountId])
  return row ? usable(visit.policy, row.factors) : []
}

/** After the right password: the second step, or further. */
export async function enter(visit: Visit, account: Account, via: 'temporary' | 'own'): Promise<See> {
  return visit.transaction(async (inner) => {
    const [way] = await waysOf(inner, account.id)
    if (way && !await isTrusted(inner, account.id)) {
      await beginSession(inner, { accountId: account.id, level: 'secondStep', via, factor: way })
      // Too soon after another: that one still works, or the page says when to ask again.
      if (await factors[way].begin(inner, account) > 0) inner.browser.keep('notice', 'sign-in.code.recent')
      return see('/sign-in/code')
    }
    return goIn(inner, account.id, via, async (level) => beginSession(inner, { accountId: account.id, level, via, trusted: Boolean(way) }))
  })
}

/** After the right second step: on with the onboarding, or in. In the caller's transaction. */
export async function enterFurther(visit: PersonVisit): Promise<See> {
  return goIn(visit, visit.person.id, visit.session.via === 'temporary' ? 'temporary' : 'own', async (level) => void await raiseSession(visit, level))
}

async function goIn(visit: Visit, accountId: string, via: 'temporary' | 'own', open: (level: 'onboarding' | 'signedIn') => Promise<void>): Promise<See> {
  const step = await arrive(visit, accountId, { via, since: visit.at })
  const back = visit.browser.take('back')
  await open(step ? 'onboarding' : 'signedIn')
  if (step) return see(`/onboarding/${step.id}`)
  await visit.query('update account set previous_sign_in_at = last_sign_in_at, last_sign_in_at = ? where id = ?', [visit.at, accountId])
  await audit(visit, 'signIn.done', { actor: accountId, subject: accountId })
  return see(back ?? '/home')
}
