import { expressionBuilder, type Compilable, type CompiledQuery, type Expression } from 'kysely'
import { runStatement } from './statements.ts'
import type { Bound } from './tables.ts'

/** Where a value goes that is another each time. */
class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** The values of a kept statement as it is built. */
export type Slots<Values> = { [Name in keyof Values]: Expression<Values[Name]> }

/** How many texts are kept of each owner; more only where a key holds what it should not. */
const most = 200

interface Asked<Values, Row> {
  /** What the text depends on beside the key, such as the modules of this installation. */
  of: object
  /** Says everything else the text depends on; left out where that is nothing. */
  key?: string
  values: Values
  build(slots: Slots<Values>): Compilable<Row>
}

/**
 * A large statement, built once and asked with other values: building one of many parts takes longer than PostgreSQL
 * takes to answer it. Kept is only what holds no value but its slots, so that nothing of one person can stand in the
 * statement of the next; any other is built each time.
 * @param names of its values
 */
export function keptStatement<Values extends object>(...names: (keyof Values & string)[]) {
  const kept = new WeakMap<object, Map<string, CompiledQuery>>()
  const slots = Object.fromEntries(names.map((name) => [name, expressionBuilder().val(new Slot(name))])) as never // each is put in as it is filled in
  function compiled({ of, key = '', build }: Asked<Values, unknown>): CompiledQuery {
    const texts = kept.get(of) ?? new Map<string, CompiledQuery>()
    kept.set(of, texts)
    const known = texts.get(key)
    if (known) return known
    const made = build(slots).compile()
    if (texts.size >= most) texts.clear()
    if (made.parameters.every((each) => each instanceof Slot)) texts.set(key, made)
    return made
  }
  return async <Row>(at: Bound, asked: Asked<Values, Row>): Promise<Row[]> => {
    const { sql: text, parameters } = compiled(asked)
    const values = parameters.map((each) => (each instanceof Slot ? asked.values[each.name as keyof Values] : each))
    return (await runStatement<Row>(at.em, text, values)).rows
  }
}
