import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql'
import { ownKey, tenantKey, wall } from '../../tenancy/isolation.ts'
import type { WalkedTrack } from '../../tenancy/policy.ts'

/** One person's walk through one track, on the policy version it started with. Where they are is computed, not kept. */
export const Run = defineEntity({
  name: 'Run',
  tableName: 'run',
  ...wall,
  properties: {
    ...ownKey,
    accountId: p.uuid(),
    track: p.text().$type<WalkedTrack>(),
    policyVersion: p.integer(),
    /** What was missing when it began, for a run because the firm's rules became stricter. */
    asked: p.text().nullable(),
    startedAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
  },
})
export type Run = InferEntity<typeof Run>

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

/** A secret waiting for the rest of its form, sealed; wiped after an hour idle (the policy's retention.staged). */
export const Staged = defineEntity({
  name: 'Staged',
  tableName: 'staged',
  ...wall,
  properties: { ...tenantKey, runId: p.uuid().primary(), name: p.text().primary(), sealed: p.text(), at: p.datetime() },
})
