import { rowsOf } from '../../../tenancy/records.ts'
import { DevicePrompt, PromptDevice } from './entity.ts'

/** The devices on which somebody approves, and approved. */
export const deviceRecords = rowsOf(PromptDevice, 'approver', {
  name: 'devices',
  starts: 'accountClosed',
  shows: ['name', 'created_at', 'used_at', 'removed_at'],
  order: 'created_at',
})

/** What was asked on them lately, from where, and the answer. */
export const questionRecords = rowsOf(DevicePrompt, 'approval', {
  name: 'questions',
  starts: 'made',
  shows: ['asked_at', 'purpose', 'browser', 'network', 'answered_at', 'approved'],
  order: 'asked_at',
})
