import type { FactorKinds } from './factors.ts'
import type { Names } from './fragment.ts'
import type { PolicyIssue } from './policy.ts'
import type { StepKinds } from './steps.ts'

/** A factor, a step or a notice by a name it had before, and where it is called so. */
type Renamed = PolicyIssue

/** Where names of today are known. `lists`: of the choices that are a list of names, by their keys. */
export interface Known {
  steps: Pick<StepKinds, 'find'>
  factors: Pick<FactorKinds, 'find'>
  lists: ReadonlyMap<string, Names>
}

interface Reading extends Known {
  renamed: Renamed[]
}

/** The name of today. */
function nameNow(said: unknown, known: Names, path: string, at: Reading) {
  const now = typeof said === 'string' ? known.find(said)?.name : undefined
  if (now === undefined || now === said) return said
  at.renamed.push({ path, reason: `"${String(said)}" is called "${now}" now; it is read as that, please change it` })
  return now
}

/** What stands under `step`, `chosen` and `of` names a step or factors, however deep. */
function read(written: unknown, path: string, at: Reading): unknown {
  if (Array.isArray(written)) return written.map((each, place) => read(each, `${path}.${place}`, at))
  if (typeof written !== 'object' || written === null) return written
  const entries = Object.entries(written).map(([key, value]) => {
    const place = `${path}.${key}`
    if (key === 'step') return [key, nameNow(value, at.steps, place, at)]
    if (key === 'chosen') return [key, nameNow(value, at.factors, place, at)]
    if (key !== 'of' || !Array.isArray(value)) return [key, read(value, place, at)]
    const inside = (each: unknown, n: number) =>
      read(nameNow(each, at.factors, `${place}.${n}`, at), `${place}.${n}`, at)
    return [key, value.map(inside)]
  })
  return Object.fromEntries(entries) as object
}

/**
 * A firm's choices, written or published, with factors, steps and notices by the names they have today: the one place
 * that reads names of before in them. `renamed`: which there were; the reason says the name of today.
 */
export function inNamesOfToday<T>(choices: T, known: Known): { choices: T; renamed: Renamed[] } {
  if (typeof choices !== 'object' || choices === null) return { choices, renamed: [] }
  const at: Reading = { ...known, renamed: [] }
  const named = Object.entries(choices).map(([key, value]: [string, unknown]) => {
    const list = known.lists.get(key)
    if (list && Array.isArray(value)) return [key, value.map((each, n) => nameNow(each, list, `${key}.${n}`, at))]
    return key === 'secondFactor' || key === 'onboarding' ? [key, read(value, key, at)] : [key, value]
  })
  return { choices: Object.fromEntries(named) as T, renamed: at.renamed }
}

/** The same choices with each list of names in one order, so that two versions can be compared. */
export const inOneOrder = <T extends object>(choices: T, { lists }: Pick<Known, 'lists'>): T =>
  Object.fromEntries(
    Object.entries(choices).map(([key, value]: [string, unknown]) => [
      key,
      lists.has(key) && Array.isArray(value) ? value.toSorted() : value,
    ]),
  ) as T
