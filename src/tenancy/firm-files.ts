import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { digest } from '../platform/crypto/encryption.ts'
import { lookIssues } from './look.ts'
import type { Policy, PolicyIssue, PolicyReader } from './policy.ts'

/** The file with a firm's choices, in its folder. */
export const choicesFile = 'tenant.json'

/** A firm's folder, and what its file of choices is now. */
export interface FirmFile {
  slug: string
  folder: string
  /** Of the file, and of how this release reads it. */
  digest: string
}

/** Whether there is a firm of this name in the folder of firms. */
export const hasFirm = (directory: string, slug: string): boolean => existsSync(join(directory, slug, choicesFile))

/**
 * One look over the folder of firms: nothing is parsed.
 * @throws Error for a name that cannot be part of an address, and where there is no firm at all
 */
export function firmFiles(directory: string, { fingerprint }: PolicyReader): FirmFile[] {
  const found = readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const folder = join(directory, entry.name)
    const text = entry.isDirectory() ? textOf(join(folder, choicesFile)) : null
    return text === null ? [] : [{ slug: entry.name, folder, digest: digest(`${fingerprint}\0${text}`) }]
  })
  const odd = found.find(({ slug }) => !/^[a-z][a-z0-9-]{1,30}$/.test(slug))
  if (odd)
    throw new Error(
      `${odd.folder}: the folder's name becomes part of an address; use lower case letters, digits and dashes`,
    )
  if (!found.length) throw new Error(`No firm found: ${directory} has no folder with a ${choicesFile}`)
  return found.sort((a, b) => (a.slug < b.slug ? -1 : 1))
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** What everything in a firm's folder says beside its choices: texts, pages and pictures. */
export function folderDigest(folder: string): string {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== choicesFile)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return digest(names.map((name) => `${name.slice(folder.length)}\0${digest(readFileSync(name, 'latin1'))}`).join('\0'))
}

/**
 * What a firm's file says, or every mistake in it: "file: path: reason". `renamed`: what it calls by a name of before,
 * in the same form.
 */
export type FirmRead = { renamed: string[] } & (
  | { policy: Policy; mistakes: null }
  | { policy: null; mistakes: string[] }
)

/** Reads a firm's choices, and looks for the pictures they name. */
export function readFirm({ folder }: FirmFile, reader: PolicyReader): FirmRead {
  const file = join(folder, choicesFile)
  const said = (path: string, reason: string) => `${file}: ${path}: ${reason}`
  let written: unknown
  try {
    written = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return {
      policy: null,
      mistakes: [said('(the whole file)', `is not JSON: ${(error as Error).message}`)],
      renamed: [],
    }
  }
  const read = reader.parse(written)
  const each = (issues: PolicyIssue[]) => issues.map(({ path, reason }) => said(path, reason))
  const issues = read.ok ? lookIssues(read.policy.look, join(folder, 'static')) : read.issues
  if (read.ok && !issues.length) return { policy: read.policy, mistakes: null, renamed: each(read.renamed) }
  return { policy: null, mistakes: each(issues), renamed: [] }
}
