import { defineEntity, p } from '@mikro-orm/postgresql'
import { byTenant, ownKey, wall } from '../../../tenancy/isolation.ts'

/** A device of somebody on which they approve signing in elsewhere: known by a token in its cookie, kept as SHA-256. */
export const PromptDevice = defineEntity({
  name: 'PromptDevice',
  tableName: 'approver',
  ...wall,
  uniques: [byTenant('digest')],
  indexes: [byTenant('accountId')],
  properties: {
    ...ownKey,
    accountId: p.uuid(),
    name: p.text(),
    digest: p.text(),
    /** Where its browser can be woken (Web Push subscription), sealed. */
    push: p.text().nullable(),
    createdAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    removedAt: p.datetime().nullable(),
  },
})

/** One question to the devices of somebody: is it you who wants to get in there? Answered and used once each. */
export const DevicePrompt = defineEntity({
  name: 'DevicePrompt',
  tableName: 'approval',
  ...wall,
  indexes: [byTenant('accountId', 'askedAt')],
  properties: {
    ...ownKey,
    accountId: p.uuid(),
    /** The device that answered. */
    approverId: p.uuid().nullable(),
    /** The device that the asking browser is itself: it never answers. */
    askerId: p.uuid().nullable(),
    purpose: p.text(),
    /** Who may use the yes: the browser's session that asked, by the digest PostgreSQL knows it by. */
    holder: p.text(),
    number: p.integer(),
    choices: p.text(),
    browser: p.text(),
    network: p.text(),
    askedAt: p.datetime(),
    expiresAt: p.datetime(),
    answeredAt: p.datetime().nullable(),
    approved: p.boolean().nullable(),
    usedAt: p.datetime().nullable(),
  },
})
