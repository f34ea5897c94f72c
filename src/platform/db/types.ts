import pg from 'pg'

/** bigint, PostgreSQL's `count(*)` and `sum(int)`. @throws RangeError where it is larger than a number can say */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`)
  return value
}

/**
 * What a value of the database is here, whichever way it is read: Kysely, an entity, or a raw text.
 * `timestamptz` is a `Date` (to the millisecond, as moments are written here), `int` and `bigint` a number, `json` and
 * `jsonb` what they hold, `boolean` a boolean, arrays an array. `date`, `timestamp`, `interval` and `numeric` stay text:
 * a `Date` has no day without a zone, and a number no decimals to rely on. Inside a JSON aggregate everything is as JSON
 * gives it: a moment is text there.
 */
export const valueTypes = new pg.TypeOverrides()
const { builtins } = pg.types
for (const type of [builtins.DATE, builtins.TIMESTAMP, builtins.INTERVAL])
  valueTypes.setTypeParser(type, (text) => text)
valueTypes.setTypeParser(builtins.INT8, wholeNumber)
