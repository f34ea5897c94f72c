import type { Person } from '../../tenancy/context.ts'

/**
 * Under what a client's invitation is kept whose address the firm knows elsewhere: with a space, which no address has.
 */
export const besideOf = ({ organisationId }: Pick<Person, 'organisationId'>, lookup: string): string =>
  `${lookup} ${organisationId}`

/** The address of an invitation, however it is kept. */
export const addressOf = (kept: string): string => kept.split(' ')[0] ?? kept
