import { factorNotice } from '../notices.ts'

/** What its owner is told. */
export const passkeyNotices = {
  added: factorNotice('passkeyAdded'),
  removed: factorNotice('passkeyRemoved'),
}
