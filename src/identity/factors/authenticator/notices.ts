import { factorNotice } from '../notices.ts'

/** What its owner is told. */
export const authenticatorNotices = {
  changed: factorNotice('appChanged'),
  removed: factorNotice('appRemoved'),
}
