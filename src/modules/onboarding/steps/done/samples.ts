import { states, type Samples } from '../../../../tenancy/samples.ts'
import { on } from '../../sample-parts.ts'
import { doneView } from '../../views.ts'

export const samples: Samples = states(doneView, {
  home: { data: on('done', { progress: null, landing: 'home', strengthened: false, name: 'Sanne' }) },
  signIn: {
    data: on('done', { progress: null, landing: 'signIn', strengthened: false, name: 'Sanne' }),
  },
  strengthened: {
    layout: 'portal',
    data: on('done', { progress: null, landing: 'home', strengthened: true, name: 'Sanne' }),
  },
})
