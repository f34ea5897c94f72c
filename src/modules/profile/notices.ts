import { notice } from '../../tenancy/notice.ts'

/**
 * What people are told. The address this one went to comes back by the link in it, which alone knows which one that
 * was.
 */
export const profileNotices = {
  emailChanged: notice('emailChanged'),
}
