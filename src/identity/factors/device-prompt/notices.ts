import { factorNotice } from '../notices.ts'

/** What its owner is told. */
export const devicePromptNotices = {
  added: factorNotice('devicePromptAdded', { aliases: ['approverAdded'] }),
  removed: factorNotice('devicePromptRemoved', { aliases: ['approverRemoved'] }),
  refused: factorNotice('devicePromptRefused', { aliases: ['approvalRefused'] }),
}
