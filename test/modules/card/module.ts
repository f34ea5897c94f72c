import { join } from 'node:path'
import type { Module } from '../../../src/tenancy/manifest.ts'
import { cardActions } from './audit-actions.ts'
import { card } from './factor.ts'
import { CardTable } from './migration.ts'
import { Card } from './entity.ts'
import { cardNotices } from './notices.ts'
import { cardPolicy } from './policy.ts'
import { cardRequirement } from './requirement.ts'
import { cardStep } from './step.ts'

/** A second step, a step and a requirement that are not in this project: the number on a card that the firm handed out. */
export const cards: Module = {
  name: 'card',
  required: true,
  factors: [card],
  steps: [cardStep],
  requirements: [cardRequirement],
  policy: [cardPolicy],
  entities: [Card],
  auditActions: Object.values(cardActions),
  notices: Object.values(cardNotices),
  migrations: [{ name: '20261126-card', class: CardTable }],
  views: join(import.meta.dirname, 'views'),
}
