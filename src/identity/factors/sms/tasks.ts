import { allow } from '../../permissions/index.ts'
import { watchFirm } from '../../accounts/index.ts'
import { textPart } from '../../../platform/db/text.ts'
import { taskSource } from '../../../tenancy/home-parts.ts'
import { smsUsedUpPart } from './budget.ts'

/** Nobody gets a code by SMS just now: for who decides for the firm. */
export const smsTask = taskSource<boolean | null>({
  name: 'smsUsedUp',
  order: 30,
  asks: (context) => (allow(context, watchFirm) ? textPart(part(smsUsedUpPart(context))) : null),
  tasks: (_, usedUp) => (usedUp ? [{ key: 'factors.todo.smsUsedUp', until: null, href: null }] : []),
})

const part = ({ sql, params }: ReturnType<typeof smsUsedUpPart>) => ({ sql: `select ${sql}`, params })
