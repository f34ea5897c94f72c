import { expressionBuilder, type Compilable, type Expression } from 'kysely'
import { runStatement } from './statements.ts'
import type { Bound } from './tables.ts'

/** Where a value goes that is another each time. It can do nothing that a value can: who computes with it fails. */
export class Slot<From> {
  readonly read: (from: From) => unknown
  constructor(read: (from: From) => unknown) {
    this.read = read
  }
  [Symbol.toPrimitive](): never {
    throw new TypeError('a statement that is built once cannot compute with what is another each time')
  }
}

/** A text with what goes into it, once it is built. */
interface Kept {
  text: string
  parameters: readonly unknown[]
}

/** How many texts are kept of each owner; more only where a key holds what it should not. */
const most = 200

interface Asked<From> {
  /** What the text depends on beside the key, such as the modules of this installation. */
  of: object
  /** Says everything else the text depends on; left out where that is nothing. */
  key?: string
  /** Fills the slots. */
  from: From
}
type Build<Row> = () => Compilable<Row> | null

const filled = (parameter: unknown, from: unknown): unknown =>
  parameter instanceof Slot
    ? parameter.read(from)
    : Array.isArray(parameter)
      ? parameter.map((each) => filled(each, from))
      : parameter

/**
 * Statements that are built once and asked with other values: building one of many parts takes longer than PostgreSQL
 * takes to answer it. @param mayKeep whether a text with these values may be kept
 * @returns asks one; without rows where there is nothing to ask
 */
export function keptStatements<From>(mayKeep: (parameters: readonly unknown[]) => boolean) {
  const kept = new WeakMap<object, Map<string, Kept | null>>()
  function made({ of, key = '' }: Asked<From>, build: Build<unknown>): Kept | null {
    const texts = kept.get(of) ?? new Map<string, Kept | null>()
    kept.set(of, texts)
    const known = texts.get(key)
    if (known !== undefined) return known
    const built = build()?.compile()
    const fresh = built ? { text: built.sql, parameters: built.parameters } : null
    if (texts.size >= most) texts.clear()
    if (mayKeep(fresh?.parameters ?? [])) texts.set(key, fresh)
    return fresh
  }
  return async <Row>(at: Bound, asked: Asked<From>, build: Build<Row>): Promise<Row[]> => {
    const statement = made(asked, build)
    if (!statement) return []
    const values = statement.parameters.map((each) => filled(each, asked.from))
    return (await runStatement<Row>(at.em, statement.text, values)).rows
  }
}

/** The values of a kept statement as it is built. */
export type Slots<Values> = { [Name in keyof Values]: Expression<Values[Name]> }

const onlySlots = (parameters: readonly unknown[]) => parameters.every((each) => each instanceof Slot)

/**
 * A statement whose values have names. Kept is only what holds no value but its slots, so that nothing of one person
 * can stand in the statement of the next; any other is built each time.
 * @param names of its values
 */
export function keptStatement<Values extends object>(...names: (keyof Values & string)[]) {
  const ask = keptStatements<Values>(onlySlots)
  const slot = (name: keyof Values) => expressionBuilder().val(new Slot<Values>((values) => values[name]))
  // Each is put in as it is filled in.
  const slots = Object.fromEntries(names.map((name) => [name, slot(name)])) as never
  return <Row>(at: Bound, { of, key, values, build }: KeptWith<Values, Row>): Promise<Row[]> =>
    ask(at, { of, ...(key !== undefined && { key }), from: values }, () => build(slots))
}

interface KeptWith<Values, Row> extends Omit<Asked<Values>, 'from'> {
  values: Values
  build(slots: Slots<Values>): Compilable<Row>
}
