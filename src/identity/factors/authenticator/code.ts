import { base32nopad } from '@scure/base'
import { generateURI, verifySync } from 'otplib'
import { toBuffer } from 'qrcode'

const secondsPerStep = 30
const secretBytes = 20

/** Steps (of 30 s) either side that count, and those within which a code tells that the phone's clock is off. */
const accepted = [0, -1, 1]
const nearby = [2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((steps) => [-steps, steps])

/** `stepsOff` and `minutesOff` are above zero when the phone's clock is ahead, below zero when it is behind. */
export type AuthenticatorVerdict =
  | { ok: true; step: number }
  | { ok: false; reason: 'wrong' | 'replayed' }
  | { ok: false; reason: 'skew'; stepsOff: number; minutesOff: number }

/** A secret for an authenticator app: 160 random bits, given in hex, in base 32 (RFC 4648 §6): 32 characters. */
export function authenticatorSecretFrom(hex: string): string {
  return base32nopad.encode(Buffer.from(hex, 'hex').subarray(0, secretBytes))
}

/** The address behind the QR code, for an app that shows the firm's name (`issuer`) and the person's `account`. */
export function otpauthAddress({
  issuer,
  account,
  secret,
}: {
  issuer: string
  account: string
  secret: string
}): string {
  const plain = (text: string) => text.replaceAll(':', ' ') // the colon separates the two in the address
  return generateURI({ issuer: plain(issuer), label: plain(account), secret })
}

/** The secret for typing over, in groups of four. */
export function keyInGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? ''
}

/** The QR code as a PNG: error correction M, quiet zone of 4 modules, 10 pixels a module (so at least 290 wide). */
export function qrPicture(text: string): Promise<Buffer> {
  return toBuffer(text, { type: 'png', errorCorrectionLevel: 'M', margin: 4, scale: 10 })
}

function belongsTo(secret: string, code: string, step: number): boolean {
  return step >= 0 && verifySync({ secret, token: code, epoch: step * secondsPerStep, period: secondsPerStep }).valid
}

/**
 * Judges a code of an authenticator app (RFC 6238: SHA-1, six figures, 30 seconds), one step either side.
 * A step counts once: only one after `lastStep`, the step last accepted, will do. The caller keeps the step with a
 * conditional UPDATE (`… WHERE last_step IS NULL OR last_step < step`), which decides between two at the same time.
 * `skew` is not accepted and is no proof. To an attacker a near miss ahead of time would tell a code that becomes valid
 * soon, so say it only when two near misses in a row have about the same `stepsOff`; it costs a try like any wrong code.
 * Anything but six figures is wrong. A clock that went back makes codes `replayed` until it has caught up.
 */
export function checkAuthenticatorCode(
  secret: string,
  code: string,
  { now, lastStep }: { now: Temporal.Instant; lastStep: number | null },
): AuthenticatorVerdict {
  if (!/^[0-9]{6}$/.test(code)) return { ok: false, reason: 'wrong' }
  const current = Math.floor(now.epochMilliseconds / 1000 / secondsPerStep)
  const fresh = (step: number) => lastStep === null || step > lastStep
  const matches = accepted.map((off) => current + off).filter((step) => belongsTo(secret, code, step))
  const step = matches.find(fresh)
  if (step !== undefined) return { ok: true, step }
  if (matches.length > 0) return { ok: false, reason: 'replayed' }
  const stepsOff = nearby.find((off) => belongsTo(secret, code, current + off))
  if (stepsOff === undefined) return { ok: false, reason: 'wrong' }
  if (!fresh(current + stepsOff)) return { ok: false, reason: 'replayed' }
  return {
    ok: false,
    reason: 'skew',
    stepsOff,
    minutesOff: Math.sign(stepsOff) * Math.round((Math.abs(stepsOff) * secondsPerStep) / 60),
  }
}
