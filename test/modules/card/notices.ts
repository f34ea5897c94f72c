import { factorNotice } from '../../../src/identity/factors/notices.ts'

/** What its owner is told. */
export const cardNotices = {
  removed: factorNotice('cardRemoved'),
}
