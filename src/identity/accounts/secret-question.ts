import { defineEntity, p } from '@mikro-orm/postgresql'
import { tenantKey, wall } from '../../tenancy/isolation.ts'

/** A question only the person can answer: an extra hurdle in recovery, never a factor. The answer is hashed like a password. */
export const SecretQuestion = defineEntity({
  name: 'SecretQuestion',
  tableName: 'secret_question',
  ...wall,
  properties: {
    ...tenantKey,
    accountId: p.uuid().primary(),
    question: p.text(),
    answerHash: p.text(),
    setAt: p.datetime(),
  },
})
