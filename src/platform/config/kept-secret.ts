import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { createKeyRing, newDataKey, randomToken } from '../crypto/encryption.ts'

/** Characters of a secret that signs cookies. */
export const leastSecret = 32

/** Where a secret of this installation is kept when the environment does not give it. */
export interface KeptSecret {
  readonly file: string
  /** @returns what is kept, null when nothing is. @throws Error naming the file when what is in it will not do */
  read(): string | null
  /** Makes it, unless another process was first. @returns what is kept from then on */
  make(): string
}

/**
 * A secret in a file of the data folder, made once. Two processes starting together end up with the same one, because
 * linking has one winner; file and folder are on the disk before it is used, so that a power cut loses no key in use.
 * @param wrong what is wrong with a text, in words; null when it will do
 */
function keptSecret(
  folder: string,
  name: string,
  { make, wrong }: { make(): string; wrong(text: string): string | null },
): KeptSecret {
  const file = path.join(folder, name)
  const read = () => {
    const text = readText(file)
    const what = text === null ? null : wrong(text)
    if (what) throw new Error(`${file} ${what}`)
    return text
  }
  return {
    file,
    read,
    make() {
      const draft = `${file}.${randomBytes(6).toString('hex')}`
      // Others may pass through to their own sub-folder (the database's), not look around.
      mkdirSync(folder, { recursive: true, mode: 0o711 })
      write(draft, make())
      try {
        linkSync(draft, file)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      } finally {
        rmSync(draft)
      }
      syncFolder(folder)
      return read() as string
    },
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function write(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A new name in a folder is safe only when the folder itself is on the disk; Windows does this by itself and knows no such call. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** What is wrong with a text that should be one or more master keys, in words; null when nothing is. */
export function masterKeyMistake(text: string): string | null {
  try {
    createKeyRing(text)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

const notAMasterKey = (text: string): string | null => {
  const wrong = masterKeyMistake(text)
  return (
    wrong &&
    `is no master key (${text ? wrong : 'it is empty'}). Put back the one it was: without it what the database keeps sealed is lost.`
  )
}

const notASessionSecret = (text: string): string | null =>
  text.length >= leastSecret
    ? null
    : `is no session secret (it is ${text ? `shorter than ${leastSecret} characters` : 'empty'}). Put back the one it was, or remove it: then one is made, and everybody signs in again.`

/** The installation's master key, where the environment gives none. */
export const keptMasterKey = (folder: string): KeptSecret =>
  keptSecret(folder, 'master.key', { make: () => `k1:${newDataKey().toString('base64')}`, wrong: notAMasterKey })

/** What signs the session cookies, where the environment gives none. */
export const keptSessionSecret = (folder: string): KeptSecret =>
  keptSecret(folder, 'session.secret', { make: randomToken, wrong: notASessionSecret })
