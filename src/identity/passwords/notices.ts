import { notice } from '../../tenancy/notice.ts'

/**
 * What its owner is told. Who says it was not them chooses another password in any case, so there is nothing to put
 * back.
 */
export const passwordNotices = {
  changed: notice('passwordChanged'),
}
