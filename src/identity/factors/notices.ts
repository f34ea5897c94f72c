import type { TextKey } from '../../platform/i18n/texts.ts'
import { notice, type Notice } from '../../tenancy/notice.ts'
import { factorsAsBefore } from './as-before.ts'

/** A notice of what somebody gives the second step with: where it was not them, they have what they had before. */
export const factorNotice = <const Purpose extends string>(
  purpose: `mail.${Purpose}.body` extends TextKey ? Purpose : never,
  more: Pick<Notice, 'aliases'> = {},
): Notice => notice<Purpose>(purpose, { ...more, undo: factorsAsBefore })

/** The first second step came, or the last one went, whichever it is. */
export const factorNotices = {
  on: factorNotice('secondFactorOn'),
  off: factorNotice('secondFactorOff'),
}
