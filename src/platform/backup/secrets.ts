import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { tableFile, type Manifest } from './manifest.ts'
import type { Through } from './measure.ts'

/** A key was about to be written into a backup, or was found in one. */
export class SecretFound extends Error {
  override name = 'SecretFound'
}

/** How a key may have been written down. */
export const spellings = (key: Buffer): string[] => [
  key.toString('base64').replace(/=+$/, ''),
  key.toString('base64url'),
  key.toString('hex'),
]

/** Lets everything through that holds none of these texts. @throws SecretFound, which says where and never what */
export function guarding(secrets: readonly string[], where: string): Through {
  const wanted = secrets.filter(Boolean).map((each) => Buffer.from(each))
  const longest = Math.max(1, ...wanted.map(({ length }) => length))
  return async function* (source) {
    let end = Buffer.alloc(0)
    for await (const chunk of source) {
      const seen = Buffer.concat([end, chunk])
      if (wanted.some((each) => seen.includes(each)))
        throw new SecretFound(`A key of this installation stands in ${where}.`)
      end = seen.subarray(Math.max(0, seen.length - longest + 1))
      yield chunk
    }
  }
}

/** Reads every file of a backup once more. @throws SecretFound */
export async function lookForSecrets(folder: string, { tables }: Manifest, secrets: readonly string[]): Promise<void> {
  for (const { name } of tables) {
    await pipeline(
      createReadStream(tableFile(folder, name)),
      createGunzip(),
      guarding(secrets, `table ${name} of the backup`),
      async (rest) => {
        for await (const _ of rest) {
          /* it was looked at on its way */
        }
      },
    )
  }
}
