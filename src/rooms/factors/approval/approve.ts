import { wrong, type Factor } from '../factor.ts'

/** Approving on another device. */
export const approval: Factor = {
  enrolled: (facts) => facts.approval,
  asks: 'approval',
  sends: false,
  stepsUp: true,
  begin: async () => 0,
  sentTo: async () => null,
  check: async () => wrong('factors.approval.wrong'),
}
