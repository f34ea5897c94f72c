import { section } from '../../../src/tenancy/section.ts'
import { writeNotes } from './permissions.ts'
import { notesOf } from './store.ts'
import { personSectionView, profileSectionView } from './views.ts'

const sample = () => ({ notes: 2 })

/** On somebody's page, for who may write: how many notes of theirs hang there. */
export const notesOfPerson = section({
  name: 'notes',
  place: 'person',
  order: 115,
  permission: writeNotes,
  view: personSectionView,
  data: async (context, accountId) => ({ notes: (await notesOf(context, accountId)).length }),
  sample,
})

/** In somebody's own details: the same, once there is one. */
export const ownNotes = section({
  name: 'notes',
  place: 'profile',
  order: 60,
  view: profileSectionView,
  async data(context, accountId) {
    const notes = (await notesOf(context, accountId)).length
    return notes ? { notes } : null
  },
  sample,
})
