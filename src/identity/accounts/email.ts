import { domainToASCII, domainToUnicode } from 'node:url'

export type EmailKey =
  | 'accounts.email.empty'
  | 'accounts.email.no-at'
  | 'accounts.email.unreadable'
  | 'accounts.email.domain'
  | 'accounts.email.too-long'

/** `address` to send to and to show; `lookup` to find somebody by, unique per firm; `confusable`: a human should look twice. */
export type ReadEmail =
  | { ok: true; address: string; lookup: string; confusable: boolean }
  | { ok: false; key: EmailKey }

/** A name of dot-separated atoms (RFC 5322), other alphabets included (RFC 6531). Names between quotes are refused. */
const name = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u

/** Labels as typed, before punycode: node would otherwise also unescape %41 and read 127.1 as a number. */
const typedDomain = /^[\p{L}\p{M}\p{N}.\u3002\uff0e-]+$/u
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

/** Letters of alphabets that have twins of our letters (a Cyrillic а), and the Latin letters that pass for others. */
const twins =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}ıȷɑɡɩʟƖ]/u

const octets = (text: string): number => Buffer.byteLength(text, 'utf8')

/** Marks without width come along when an address is copied from a page. */
const bare = (text: string): string => text.normalize('NFC').replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '')

/** The domain in punycode, or null when it is not the name of a domain on the internet. */
function asciiDomain(typed: string): string | null {
  const ascii = typedDomain.test(typed) ? domainToASCII(typed) : ''
  const labels = ascii.split('.')
  const sound = labels.length > 1 && labels.every((part) => label.test(part)) && /[a-z]/.test(labels.at(-1)!)
  return sound && ascii.length <= 253 ? ascii : null
}

/**
 * Reads an e-mail address as people type it. Dots and +tags stay: whether they matter is the mailbox's affair.
 * The name keeps its capitals in `address`; `lookup` is in lower case with the domain in punycode.
 * At most 64 octets before the @ and 254 in all (RFC 5321).
 */
export function readEmail(text: string): ReadEmail {
  const typed = bare(text)
  if (typed === '') return { ok: false, key: 'accounts.email.empty' }
  const at = typed.lastIndexOf('@')
  if (at < 0) return { ok: false, key: 'accounts.email.no-at' }
  const local = typed.slice(0, at)
  if (octets(local) > 64 || octets(typed) > 254) return { ok: false, key: 'accounts.email.too-long' }
  if (!name.test(local)) return { ok: false, key: 'accounts.email.unreadable' }
  const domain = asciiDomain(typed.slice(at + 1))
  if (!domain) return { ok: false, key: 'accounts.email.domain' }
  const lookup = `${local.toLowerCase().normalize('NFC')}@${domain}`
  if (octets(lookup) > 254) return { ok: false, key: 'accounts.email.too-long' }
  const address = `${local}@${domainToUnicode(domain)}`
  return { ok: true, address, lookup, confusable: twins.test(address) }
}

/** Whether the address (a `lookup`) is at one of the free-mail domains or below it. */
export function isFreeMail(lookup: string, domains: readonly string[]): boolean {
  const domain = lookup.slice(lookup.lastIndexOf('@') + 1)
  return domains.some((free) => domain === free.toLowerCase() || domain.endsWith(`.${free.toLowerCase()}`))
}
