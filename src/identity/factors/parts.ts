import type { Module } from '../../tenancy/manifest.ts'
import type { Factor } from './factor.ts'

/**
 * What these factors bring, for the module that hands them in: a factor says of itself all that is to be known of it.
 */
export const factorParts = (factors: readonly Factor[]) =>
  ({
    factors,
    entities: factors.flatMap(({ entities }) => entities),
    auditActions: factors.flatMap(({ auditActions = [] }) => auditActions),
    mails: factors.flatMap(({ mails = [] }) => mails),
    notices: factors.flatMap(({ notices = [] }) => notices),
    records: factors.flatMap(({ records = [] }) => records),
  }) satisfies Partial<Module>
