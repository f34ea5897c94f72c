import type { Module } from '../../tenancy/manifest.ts'
import { Organisation } from './organisation.ts'
import { organisationRecords } from './records.ts'
import { seed } from './seed.ts'
import { worksFor } from './sections.ts'

/** The client organisations of a firm. */
export const organisations: Module = {
  name: 'organisations',
  required: true,
  entities: [Organisation],
  records: [organisationRecords],
  sections: [worksFor],
  seed,
}
