import { z } from 'zod'
import { part } from '../../platform/http/answer.ts'
import { tooMany } from '../../platform/http/errors.ts'
import { post, secret, type Route } from '../../tenancy/route.ts'
import { rulesView, shownRules } from '../../identity/accounts/index.ts'

/** Somebody who types and thinks stays far below this; a machine that searches the rules does not. */
const perNetwork = { most: 300, within: Temporal.Duration.from('PT10M') }

export const routes: Route[] = [
  // The field sends its whole form along: only the password is looked at, and nothing is kept.
  post('/password-rules', 'public', z.object({ password: secret() }), async (context, { password }) => {
    const wait = await context.services.limits.countAttempt(
      context.services.keyedDigest('password rules', context.network),
      perNetwork,
      context.now,
    )
    if (wait !== null) throw tooMany(wait)
    return part(rulesView, {
      ...shownRules(context, password, context.person),
      tells: context.policy.password.buttonTells,
    })
  }),
]
