import { composedKey } from '../../platform/i18n/texts.ts'
import { page, type Answer, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { get, id, line, nothing, post, type Route } from '../../tenancy/route.ts'
import type { FactorKinds } from '../../tenancy/factors.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import type { Enrolments, Factor, OwnItem, OwnList } from '../../identity/factors/index.ts'
import { z } from 'zod'
import { act } from './act.ts'
import { nameMistake } from './names.ts'
import { lets } from './own.ts'
import { removalState, takeAway } from './removal.ts'
import { ownListView, ownNameView, ownRemoveView } from './views.ts'

/** A factor of which somebody can have several. */
type Listed = Factor & { own: OwnList; enrolments: Enrolments }
const isListed = (factor: Factor): factor is Listed => factor.own !== undefined && factor.enrolments !== undefined

const at = ({ own }: Listed) => `/profile/${own.list}`

/** Whether the firm lets people have one more. @throws Refusal 404 where there are enough, or it takes none */
export async function mayAdd(context: PersonContext, factor: Factor): Promise<void> {
  const items = (await factor.own?.items(context)) ?? []
  if (!lets(context.choices, factor) || items.length >= (factor.own?.most ?? 0)) throw notFound()
}

/** Somebody's own of one factor. Who has some keeps the page when the firm offers it no more. @throws Refusal 404 */
async function listPage(context: PersonContext, factor: Listed): Promise<Page> {
  const { own } = factor
  const items = await own.items(context)
  const offers = lets(context.choices, factor)
  if (!offers && !items.length) throw notFound()
  return page(ownListView, {
    titleKey: composedKey(`profile.${own.list}.title`),
    words: own.list,
    address: at(factor),
    anchor: own.anchor,
    picture: own.picture,
    most: own.most,
    items,
    acts: ['rename', ...(offers ? own.acts : []), 'remove'],
    offers,
    adds: offers && items.length < own.most ? own.adds(items) : [],
    alone: context.policy.signIn.passkey,
  })
}

/** One of theirs, and how many others can still be given. @throws Refusal 404 for one that is not theirs */
async function mine(context: PersonContext, { own }: Listed, id: string): Promise<{ item: OwnItem; others: number }> {
  const all = await own.items(context)
  const item = all.find((each) => each.id === id)
  if (!item) throw notFound()
  return { item, others: all.filter((each) => each.id !== id && each.works).length }
}

/** Giving one another name. @throws Refusal 404 */
async function namingPage(context: PersonContext, factor: Listed, id: string, name?: string): Promise<Page> {
  const { item } = await mine(context, factor, id)
  return page(ownNameView, {
    titleKey: composedKey(`profile.${factor.own.one}-name.title`),
    words: `${factor.own.one}-name`,
    list: factor.own.list,
    address: at(factor),
    action: `${at(factor)}/${id}/name`,
    values: { name: name ?? item.name },
  })
}

/** Changes the name. @throws Refusal 404 */
function rename(context: PersonContext, factor: Listed, { id, name }: { id: string; name: string }): Promise<Answer> {
  const shown = (inner: PersonContext) => namingPage(inner, factor, id, name)
  return act(
    context,
    { to: at(factor), notice: composedKey(`profile.done.${factor.own.one}Named`), shown },
    async (inner) => {
      const wrong = nameMistake(name)
      if (wrong) return wrong
      if (!(await factor.enrolments.rename(inner, inner.person.id, id, name))) throw notFound()
      await record(inner, factor.own.actions.renamed)
      return null
    },
  )
}

/** The check page before one goes: what follows, or why it cannot be. @throws Refusal 404 */
async function removalPage(context: PersonContext, factor: Listed, id: string): Promise<Page> {
  const { item, others } = await mine(context, factor, id)
  return page(ownRemoveView, {
    titleKey: composedKey(`profile.${factor.own.one}-remove.title`),
    words: `${factor.own.one}-remove`,
    one: factor.own.one,
    list: factor.own.list,
    address: at(factor),
    action: `${at(factor)}/${id}/remove`,
    item,
    ...(await removalState(context, factor, others)),
  })
}

/** Takes one away, unless that would leave somebody without the second step their firm asks. @throws Refusal 404 */
const remove = (context: PersonContext, factor: Listed, id: string): Promise<Answer> =>
  takeAway(context, {
    what: factor,
    to: lets(context.choices, factor) ? at(factor) : '/profile',
    done: composedKey(`profile.done.${factor.own.one}Removed`),
    notice: factor.own.noticeWhenRemoved,
    action: factor.own.actions.removed,
    shown: (inner) => removalPage(inner, factor, id),
    others: async (inner) => (await mine(inner, factor, id)).others,
    // With the last one that can be given go those that sleep: nobody signs in with them any more.
    async take(inner) {
      const { others } = await mine(inner, factor, id)
      await factor.enrolments.remove(inner, inner.person.id, others ? id : undefined)
    },
  })

const Id = z.strictObject({ id: id() })
const listed = ({ all }: FactorKinds) => (all as readonly Factor[]).filter(isListed)

/** The lists themselves show names and moments only. */
export const listRoutes = (factors: FactorKinds): Route[] =>
  listed(factors).map((factor) =>
    get(`/${factor.own.list}`, 'signedIn', nothing, (context) => listPage(context, factor)),
  )

/** Renaming and removing. */
export const changeRoutes = (factors: FactorKinds): Route[] =>
  listed(factors).flatMap((factor) => {
    const one = `/${factor.own.list}/:id`
    return [
      get(`${one}/name`, 'steppedUp', Id, (context, each) => namingPage(context, factor, each.id)),
      post(`${one}/name`, 'steppedUp', Id.extend({ name: line() }), (context, typed) => rename(context, factor, typed)),
      get(`${one}/remove`, 'steppedUp', Id, (context, each) => removalPage(context, factor, each.id)),
      post(`${one}/remove`, 'steppedUp', Id, (context, each) => remove(context, factor, each.id)),
    ]
  })
