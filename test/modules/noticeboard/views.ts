import { view } from '../../../src/platform/views/view.ts'
import type { NoteShown } from './store.ts'

export const boardView = view<{ notes: NoteShown[]; writes: boolean }>('noticeboard/index')
