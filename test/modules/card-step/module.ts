import { join } from 'node:path'
import type { Module } from '../../../src/tenancy/manifest.ts'
import { cardStep } from './step.ts'

/** A step that is not in this project: typing over the number on a card. */
export const cardSteps: Module = {
  name: 'card-step',
  required: true,
  steps: [cardStep],
  views: join(import.meta.dirname, 'views'),
}
