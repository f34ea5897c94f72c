import { sql, type Expression } from 'kysely'
import { keptStatements } from '../../platform/db/kept.ts'
import { tables } from '../../platform/db/tables.ts'
import { alike, likeness } from '../../tenancy/alike.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import type { Module } from '../../tenancy/manifest.ts'
import { isOn } from '../../tenancy/switches.ts'

/** No table is home's own: all it reads are other owners' expressions. */
const db = tables()

/** Something of a module, with the module's name. */
export type Of<T> = T & { module: string }

/** The kinds of which modules have lists for the home page and its header. */
type Kinds = Pick<Module, 'tabs' | 'tasks' | 'news' | 'widgets'>
type One<K extends keyof Kinds> = NonNullable<Kinds[K]>[number]

/** By the firm's choices, which a new version replaces whole: every page asks for these lists, most of them several times. */
const listed = new WeakMap<PersonContext['policy'], Map<keyof Kinds, readonly object[]>>()

/** What the modules that the firm has, have of one kind, in the order of the list of modules. */
export function ofModules<K extends keyof Kinds>(
  { services, policy }: Pick<PersonContext, 'services' | 'policy'>,
  kind: K,
): readonly Of<One<K>>[] {
  const lists = listed.get(policy) ?? new Map<keyof Kinds, readonly object[]>()
  listed.set(policy, lists)
  const known = lists.get(kind) as readonly Of<One<K>>[] | undefined
  if (known) return known
  const all = services.modules.all
    .filter((module) => isOn(policy, module))
    .flatMap((module) => ((module[kind] ?? []) as readonly One<K>[]).map((each) => ({ ...each, module: module.name })))
  lists.set(kind, all)
  return all
}

/** Rows that several parts read, by the name they read them by. */
type Shared = Record<string, Expression<Record<string, unknown>>>

/** What a part of the page asks; what it reads by name is looked up once for all. */
export interface Asked {
  asks(context: PersonContext): Expression<unknown> | null
  shared?(context: PersonContext): Shared
}

/** The one statement for all parts, by name; a part that needs nothing is left out. Null where none needs anything. */
export function statementOf(context: PersonContext, parts: Record<string, Asked>) {
  const asked = Object.entries(parts).flatMap(([name, part]) => {
    const expression = part.asks(context)
    return expression ? [sql`${expression}`.as(name)] : []
  })
  const shared = Object.entries(
    Object.assign({}, ...Object.values(parts).map((part) => part.shared?.(context))) as Shared,
  )
  const statement = shared.reduce(
    (sofar, [name, expression]) =>
      sofar.with(
        (cte) => cte(name).materialized(),
        () => expression,
      ) as typeof sofar,
    db(context),
  )
  return asked.length ? statement.selectNoFrom(asked) : null
}

/** The context with which a statement is built holds nobody's values: whatever stands in it is the same for all. */
const forAll = keptStatements<PersonContext>(() => true)

/** Asks the database once for all parts. @returns what each gave, by name */
export async function ask(context: PersonContext, parts: Record<string, Asked>): Promise<Record<string, unknown>> {
  const key = [likeness(context), ...Object.keys(parts)].join()
  const [row] = await forAll(context, { of: context.policy, key, from: context }, () =>
    statementOf(alike(context), parts),
  )
  return row ?? {}
}
