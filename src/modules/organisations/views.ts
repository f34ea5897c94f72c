import { view } from '../../platform/views/view.ts'

/** `organisation`: its name. */
export const personSectionView = view<{ organisation: string }>('organisations/section-person')
