import { join } from 'node:path'
import type { Module } from '../../../src/tenancy/manifest.ts'
import { questionPolicy } from './policy.ts'
import { questionRequirement } from './requirement.ts'

/** A requirement that is not in this project: everybody has a secret question. */
export const questions: Module = {
  name: 'question',
  required: true,
  policy: [questionPolicy],
  requirements: [questionRequirement],
  views: join(import.meta.dirname, 'views'),
}
