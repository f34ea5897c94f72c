/**
 * Told of every name that a view reads, and whether its data has it: "recovery/code: next", "home/todo: tasks.*.at".
 * What stands in a list may differ from one thing in it to the next.
 */
export type OnRead = (name: string, there: boolean) => void

/** Pieces that stand in every page and decide by what is there; their arguments are optional. */
const shared = /^shell\//
/** Filled by name of a field, where nothing is a fine answer, and components, which say themselves when there is none. */
const open = new Set(['errors', 'values', 'ui'])

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value)))

/** Names every object has, and those that the language itself asks for. */
const always = new Set(['toJSON', 'then', 'length', ...Object.getOwnPropertyNames(Object.prototype)])

const originals = new WeakMap<object, object>()

function watched<T extends object>(data: T, at: string, onRead: OnRead): T {
  const seen = new Proxy(data, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver)
      if (typeof name === 'symbol' || always.has(name)) return value
      const here = `${at}${/^\d+$/.test(name) ? '*' : name}`
      onRead(here, name in target)
      return isPlain(value) && !open.has(name) ? watched(value, `${here}.`, onRead) : value
    },
  })
  originals.set(seen, data)
  return seen
}

/** What a view hands on to a component, not watched any more. */
function unwatched(value: unknown): unknown {
  if (Array.isArray(value)) return originals.get(value) ?? value.map(unwatched)
  return typeof value === 'object' && value !== null ? (originals.get(value) ?? value) : value
}
const plain = (data: object): object =>
  Object.fromEntries(Object.entries(data).map(([name, value]) => [name, unwatched(value)]))

/** The data of a view, that tells what the view reads of it: templates are not type-checked. */
export const strictData = (view: string, data: object, onRead: OnRead): object =>
  shared.test(view) ? plain(data) : watched(data, `${view}: `, onRead)
