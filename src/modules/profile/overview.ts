import { page, type Page } from '../../platform/http/answer.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { sectionsOf } from '../../identity/permissions/index.ts'
import {
  factorsOf,
  hasSecondStep,
  listRow,
  offersBackup,
  usable,
  type Factor,
  type OwnRow,
} from '../../identity/factors/index.ts'
import { countSessions, trustedComputers } from '../../identity/sessions/index.ts'
import { lets, ownFacts, type Count, type Own } from './own.ts'
import { overviewView } from './views.ts'

/** What a factor's row says; null where somebody has none and the firm offers none. */
async function rowOf(context: PersonContext, factor: Factor, { count, newest }: Count, strong: boolean) {
  const offers = factor.kind === 'backup' ? offersBackup(context, context.choices) : lets(context.choices, factor)
  if (factor.own) return offers || count ? listRow(factor.own, count, newest) : null
  return (await factor.row?.(context, { offers, strong, newest })) ?? null
}

/** The rows of the factors there are, the strongest first. */
async function rowsOf(context: PersonContext, { counts }: Own, strong: boolean): Promise<OwnRow[]> {
  const strongest = factorsOf(context).all.toSorted((a, b) => b.strength - a.strength)
  const none = { count: 0, newest: null }
  const rows = await Promise.all(strongest.map((factor) => rowOf(context, factor, counts[factor.name] ?? none, strong)))
  return rows.filter((row) => row !== null)
}

/** "Mijn gegevens": what is known of somebody, each with the way to change it. */
export async function overviewPage(context: PersonContext): Promise<Page> {
  const { person, policy } = context
  const own = await ownFacts(context)
  const strong = hasSecondStep(context, own.factors)
  return page(overviewView, {
    own: {
      name: person.name,
      email: person.email,
      username: person.username,
      passwordAt: own.passwordAt,
    },
    rows: await rowsOf(context, own, strong),
    twoSteps: strong ? 'on' : usable(context, policy, own.factors).length ? 'mail' : 'off',
    sessions: await countSessions(context, person.id),
    computers: policy.secondFactor.trustedComputer ? (await trustedComputers(context)).length : null,
    spoken: policy.languages.length > 1,
    sections: await sectionsOf(context, 'profile', person.id),
  })
}
