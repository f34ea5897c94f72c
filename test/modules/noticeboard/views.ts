import { view } from '../../../src/platform/views/view.ts'
import type { NoteShown } from './store.ts'

export const boardView = view<{ notes: NoteShown[]; writes: boolean }>('noticeboard/index')

/** How many notes of somebody hang there. */
export const personSectionView = view<{ notes: number }>('noticeboard/section-person')
export const profileSectionView = view<{ notes: number }>('noticeboard/section-profile')
