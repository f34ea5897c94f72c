import { states, type Samples } from '../../../src/tenancy/samples.ts'
import { boardView } from './views.ts'

const note = { text: 'Wij zijn met Pasen dicht.', at: new Date('2026-11-12T18:04:00Z') }

export const samples: Samples = states(boardView, {
  empty: { layout: 'portal', data: { notes: [], writes: false } },
  writing: { layout: 'portal', data: { notes: [note], writes: true } },
})
