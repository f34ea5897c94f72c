import { sendsCodesAs } from './factors.ts'
import { contentMistakes } from './firm-content.ts'
import { readFirm, type FirmFile } from './firm-files.ts'
import type { PolicyReader } from './policy.ts'
import type { PublishedTenant } from './tenant-store.ts'

/** What is wrong at one firm: "file: path: reason" each. */
export interface FirmMistakes {
  slug: string
  mistakes: string[]
}

/** What looking at the files of firms found. */
export interface Checked {
  right: FirmFile[]
  wrong: FirmMistakes[]
  /** Of those that are right: what they call by a name of before, as "file: path: reason". */
  renamed: FirmMistakes[]
  /** Of those that are right: who sends codes by SMS. */
  sendSms: string[]
}

/** What is kept of a file that was looked at: there may be thousands. */
function look(file: FirmFile, reader: PolicyReader) {
  const { policy, mistakes, renamed } = readFirm(file, reader)
  const wrong = [...(mistakes ?? []), ...contentMistakes(file.folder)]
  const sendsSms = policy !== null && sendsCodesAs(reader.factors, policy, 'sms')
  return { file, slug: file.slug, wrong, isWrong: wrong.length > 0, renamed, domain: policy?.domain ?? null, sendsSms }
}

/**
 * Reads the choices, texts and pages of these firms.
 * @param served the firms that are published and have a folder, as they are by now: no two may have one host
 */
export function checkFirms(files: FirmFile[], reader: PolicyReader, served: readonly PublishedTenant[] = []): Checked {
  const checked: Checked = { right: [], wrong: [], renamed: [], sendSms: [] }
  const looked = files.map((file) => look(file, reader))
  const shared = sharedHosts(looked, served)
  for (const { file, slug, wrong, renamed, domain, sendsSms } of looked) {
    const owner = shared.get(slug)
    if (owner) wrong.push(`${file.folder}: domain: ${domain} is that of ${owner} already; no two firms share one`)
    if (wrong.length) {
      checked.wrong.push({ slug, mistakes: wrong })
      continue
    }
    checked.right.push(file)
    if (renamed.length) checked.renamed.push({ slug, mistakes: renamed })
    if (sendsSms) checked.sendSms.push(slug)
  }
  return checked
}

/**
 * A firm whose file was read: the host of its own that it asks for, and whether anything else in its folder is wrong.
 */
interface Asking {
  slug: string
  domain: string | null
  isWrong: boolean
}

/**
 * Firms that ask for a host of another's, with whose it is. A host stays with the firm it is published with until a
 * right file of that firm asks for it no more: one that is wrong leaves the firm as it was, its host included. What is
 * nobody's is of the first who asks.
 */
function sharedHosts(
  asking: readonly Asking[],
  served: readonly Pick<PublishedTenant, 'slug' | 'domain'>[],
): Map<string, string> {
  const files = new Map(asking.map((each) => [each.slug, each]))
  const refused = new Map<string, string>()
  const stays = ({ slug, domain }: Pick<PublishedTenant, 'slug' | 'domain'>) => {
    const file = files.get(slug)
    return !file || file.isWrong || refused.has(slug) || file.domain === domain
  }
  // Who is refused stays at the host they had, which another may be asking for.
  for (let before = -1; before < refused.size; ) {
    before = refused.size
    const owners = new Map(served.filter(stays).map(({ domain, slug }) => [domain, slug]))
    for (const { slug, domain } of asking) {
      if (!domain) continue
      const owner = owners.get(domain) ?? slug
      owners.set(domain, owner)
      if (owner !== slug) refused.set(slug, owner)
    }
  }
  return refused
}
