import { problemView, type Refusal, type RefusalKey } from '../../platform/http/errors.ts'
import { states, type Samples } from '../../tenancy/samples.ts'

/** The key of a refusal with what its words need. */
const refusals = {
  notFound: {},
  notFromHere: {},
  oddForm: {},
  badRequest: {},
  tooMany: { retryAfter: 90 },
  misdirected: {},
  busy: { retryAfter: 3 },
  down: { retryAfter: 5 },
  failed: {},
  tooLarge: {},
  stale: {},
} satisfies Partial<Record<RefusalKey, Refusal['params']>>

/** The one page for whatever goes wrong, with every refusal there is. */
export const samples: Samples = states(
  problemView,
  Object.fromEntries(
    (Object.entries(refusals) as [keyof typeof refusals, Refusal['params']][]).map(([key, params]) => [
      key,
      {
        layout: 'plain' as const,
        data: { titleKey: `errors.${key}.title`, key, params, requestId: '7f3c', address: '/sign-in' },
      },
    ]),
  ),
)
