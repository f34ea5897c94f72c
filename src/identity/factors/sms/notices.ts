import { factorNotice } from '../notices.ts'

/** What its owner is told. */
export const phoneNotices = {
  changed: factorNotice('phoneChanged'),
  removed: factorNotice('phoneRemoved'),
}
