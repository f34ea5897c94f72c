import { z } from 'zod'
import { part } from '../../platform/answer.ts'
import { tooMany } from '../../platform/errors.ts'
import { post, secret, type Route } from '../../tenancy/door.ts'
import { shownRules } from './rules.ts'

/** Somebody who types and thinks stays far below this; a machine that searches the rules does not. */
const perNetwork = { most: 300, within: Temporal.Duration.from('PT10M') }

export const routes: Route[] = [
  // The field sends its whole form along: only the password is looked at, and nothing is kept.
  post('/password-rules', 'public', z.object({ password: secret() }), async (visit, { password }) => {
    const wait = await visit.house.limits.countAttempt(
      visit.house.blind('password rules', visit.network),
      perNetwork,
      visit.now,
    )
    if (wait !== null) throw tooMany(wait)
    return part('accounts/part-rules', {
      ...shownRules(visit, password, visit.person),
      tells: visit.policy.password.buttonTells,
    })
  }),
]
