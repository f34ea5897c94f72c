import { timingSafeEqual } from 'node:crypto'
import { digest } from '../../../platform/crypto/encryption.ts'
import { useOnce, type Purpose } from '../../tokens/index.ts'
import type { Context } from '../../../tenancy/context.ts'

/** What a passkey is asked for, and of whom; null where nobody said yet who they are. `hadAt`: only one they had by that moment. */
export interface About {
  purpose: Purpose
  accountId: string | null
  hadAt?: Date | undefined
}

/** How long somebody may take between seeing the page and using the passkey. */
const lifetime = Temporal.Duration.from('PT10M').total('seconds')
/** What a challenge is made of, in bytes: a random number, the second it was made in, and the firm's own mark. */
const parts = { nonce: 16, stamp: 4, mac: 32 }

/** Who may use it: the session that was shown it, or without one the browser. */
const holder = (context: Context) => context.session?.id ?? context.browser.digest

const seconds = (context: Context) => Math.floor(context.now.epochMilliseconds / 1000)

function macOf(context: Context, { purpose, accountId }: About, head: Buffer): Buffer {
  return Buffer.from(
    context.tenant.vault.mac(
      'passkey challenge',
      [purpose, accountId ?? '', holder(context), head.toString('hex')].join('|'),
    ),
    'hex',
  )
}

/**
 * A challenge (WebAuthn Level 3 §13.4.3) that needs no keeping: it carries when it was made and is marked with the firm's
 * key for one purpose, one person and one session or browser. So a page that shows one changes nothing.
 */
export function makeChallenge(context: Context, about: About): Uint8Array<ArrayBuffer> {
  const stamp = Buffer.alloc(parts.stamp)
  stamp.writeUInt32BE(seconds(context))
  const head = Buffer.concat([Buffer.from(crypto.randomUUID().replaceAll('-', ''), 'hex'), stamp])
  return new Uint8Array(Buffer.concat([head, macOf(context, about, head)]))
}

/** Whether a challenge that came back, as base64url, was made by us for exactly this, and not too long ago. */
export function judgeChallenge(context: Context, about: About, text: string): 'right' | 'stale' | 'wrong' {
  const bytes = Buffer.from(text, 'base64url')
  const head = bytes.subarray(0, parts.nonce + parts.stamp)
  const mark = bytes.subarray(head.length)
  if (mark.length !== parts.mac || !timingSafeEqual(mark, macOf(context, about, head))) return 'wrong'
  const age = seconds(context) - head.readUInt32BE(parts.nonce)
  return age >= 0 && age <= lifetime ? 'right' : 'stale'
}

/** Uses a challenge up, in the caller's transaction. Of many that bring the same one the database lets one through. */
export async function spendChallenge(
  context: Context,
  purpose: Purpose,
  accountId: string,
  text: string,
): Promise<boolean> {
  const nonce = Buffer.from(text, 'base64url').toString('hex', 0, parts.nonce)
  return useOnce(context, { id: asUuid(nonce), digest: digest(text), accountId, purpose })
}

/** 16 bytes in hex as PostgreSQL writes them: the database compares text that way too. */
const asUuid = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
