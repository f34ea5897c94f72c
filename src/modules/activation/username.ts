import type { Context } from '../../tenancy/context.ts'
import { fold, foldUsername, isTaken, usernamesFrom } from '../../identity/accounts/index.ts'

/** Shorter than the longest user name, with room for a number behind it. */
const longest = 50
const shortest = 3

/**
 * A user name out of a name: "Zoë de Vries" is zoe.de.vries. Of a name in another alphabet little is left: then
 * "client".
 */
export function proposedUsername(name: string): string {
  const plain = fold(name)
    .replace(/[^a-z0-9]+/g, '.')
    .slice(0, longest)
    .replace(/^\.+|\.+$/g, '')
  return plain.length < shortest ? 'client' : plain
}

/** Whether somebody else than `exceptId` at this firm has this user name. */
export const usernameTaken = (context: Context, username: string, exceptId: string | null = null): Promise<boolean> =>
  isTaken(context, 'username_lookup', foldUsername(username), exceptId)

/** The proposed user name, with the first free number behind it where others have the same name. */
export async function freeUsername(context: Context, name: string): Promise<string> {
  const base = proposedUsername(name)
  const names = new Set(await usernamesFrom(context, base))
  if (!names.has(base)) return base
  let number = 2
  while (names.has(`${base}${number}`)) number++
  return `${base}${number}`
}
