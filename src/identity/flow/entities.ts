import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql'
import { byTenant, ownKey, tenantKey, wall } from '../../tenancy/isolation.ts'

/**
 * One person in one flow, on the version of the firm's choices it began with. Where they are is computed, not kept. A
 * flow on a mailed link is tied to the browser too: who finds the same link later, in a mailbox that is not theirs,
 * begins at the beginning.
 */
export const FlowProgress = defineEntity({
  name: 'FlowProgress',
  tableName: 'run',
  ...wall,
  indexes: [byTenant('accountId', 'flow')],
  properties: {
    ...ownKey,
    accountId: p.uuid(),
    flow: p.text().fieldName('track'),
    policyVersion: p.integer(),
    /** The requirements that were missing when it began, for a flow because the firm's rules became stricter. */
    asked: p.text().nullable(),
    startedAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    linkId: p.uuid().nullable(),
    browser: p.text().nullable(),
  },
})
export type FlowProgress = InferEntity<typeof FlowProgress>

/** What the person did at a step that leaves no other trace: read the intro, skipped, chose, gave the date of birth. */
export const StepMark = defineEntity({
  name: 'StepMark',
  tableName: 'step_mark',
  ...wall,
  properties: {
    ...tenantKey,
    runId: p.uuid().primary(),
    step: p.text().primary(),
    outcome: p.text().$type<'done' | 'skipped'>(),
    value: p.text().nullable(),
    at: p.datetime(),
  },
})

/** A form already answered, so that the same form sent twice has one effect and one outcome. */
export const AnsweredForm = defineEntity({
  name: 'AnsweredForm',
  tableName: 'answered_form',
  ...wall,
  properties: { ...tenantKey, nonce: p.uuid().primary(), accountId: p.uuid(), at: p.datetime() },
})

/** A secret waiting for the rest of its form, encrypted; wiped after an hour idle (the policy's retention.staged). */
export const Staged = defineEntity({
  name: 'Staged',
  tableName: 'staged',
  ...wall,
  properties: { ...tenantKey, runId: p.uuid().primary(), name: p.text().primary(), sealed: p.text(), at: p.datetime() },
})
