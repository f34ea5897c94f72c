/** Characters in somebody's name. */
const longest = 100

/** Letters of any alphabet, figures, and the signs names are written with. */
const signs = /^[\p{L}\p{M}\p{N} .,'’‘ʼ`´()&+·‐–-]+$/u
/** Signs that show nothing, letters among them (Unicode: Default_Ignorable_Code_Point). */
const invisible = /\p{Default_Ignorable_Code_Point}/u
/** What mail programs make a link of: in a salutation it would come from the firm. "J.P." and "Th.M." are names. */
const address = /:\/\/|[@/]|[\p{L}\p{M}\p{N}]{2,}\.[\p{L}\p{M}\p{N}]{2,}/u

export type NameKey =
  | 'accounts.name.empty'
  | 'accounts.name.too-long'
  | 'accounts.name.address'
  | 'accounts.name.characters'
export type ReadName = { ok: true; name: string } | { ok: false; key: NameKey; params: { maximum: number } }

const refused = (key: NameKey): ReadName => ({ ok: false, key, params: { maximum: longest } })

/**
 * Reads the name of a person: the one rule, wherever one is typed. It stands at the head of every mail, so that nothing
 * in it may read as an address, and nothing may hide in it. At most 100 characters.
 */
export function readName(text: string): ReadName {
  const name = text.normalize('NFC').trim().replace(/ {2,}/g, ' ')
  if (name === '') return refused('accounts.name.empty')
  if (Array.from(name).length > longest) return refused('accounts.name.too-long')
  if (address.test(name)) return refused('accounts.name.address')
  return /\p{L}/u.test(name) && signs.test(name) && !invisible.test(name)
    ? { ok: true, name }
    : refused('accounts.name.characters')
}
