import { join } from 'node:path'
import { factorParts } from '../../../src/identity/factors/index.ts'
import type { Module } from '../../../src/tenancy/manifest.ts'
import { card } from './factor.ts'
import { CardTable } from './migration.ts'

/** A factor that is not in this project: the number on a card that the firm handed out. */
export const cards: Module = {
  name: 'card',
  required: true,
  ...factorParts([card]),
  migrations: [{ name: '20261126-card', class: CardTable }],
  views: join(import.meta.dirname, 'views'),
}
