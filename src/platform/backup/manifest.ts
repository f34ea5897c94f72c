import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const name = z.string().regex(/^[a-z_][a-z0-9_]*$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What a backup says of itself. It names master keys and holds none. */
export const manifestShape = z.strictObject({
  format: z.literal(1),
  made: z.iso.datetime(),
  /** Version of the server it was read from. */
  server: z.string(),
  /** The schema it fits, as the names of the migrations that ran. */
  migrations: z.array(z.string()),
  /** Master keys without which it cannot be read: the id of each and what it is known again by. */
  masterKeys: z.array(z.strictObject({ id: z.string(), fingerprint: z.string().nullable() })),
  /** In the order in which they can be loaded: what others refer to comes first. */
  tables: z.array(z.strictObject({ name, columns: z.array(name), rows: z.int(), bytes: z.int(), sha256 })),
  sequences: z.array(z.strictObject({ name, last: z.string(), called: z.boolean() })),
  /** Where the log of each firm ends; null for an empty one. */
  firms: z.array(
    z.strictObject({ id: z.uuid(), slug: z.string(), log: z.strictObject({ seq: z.int(), hash: sha256 }).nullable() }),
  ),
  /** Tables that are in no backup: what is in them is not to come back. */
  leftOut: z.array(z.string()),
})
export type Manifest = z.infer<typeof manifestShape>

export const manifestFile = (folder: string): string => path.join(folder, 'manifest.json')
export const tableFile = (folder: string, table: string): string => path.join(folder, 'tables', `${table}.copy.gz`)

/** @throws Error when the folder holds no backup of ours, in words */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(manifestFile(folder), 'utf8').catch((cause: unknown) => {
    throw new Error(`${folder} holds no complete backup: there is no manifest.json in it.`, { cause })
  })
  try {
    return manifestShape.parse(JSON.parse(text))
  } catch (cause) {
    throw new Error(`${manifestFile(folder)} is not what a backup of this or an older release looks like.`, { cause })
  }
}
