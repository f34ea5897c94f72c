import type { Seed } from '../../../src/tenancy/seed.ts'
import { allNotes, putUp, someAuthor } from './store.ts'

/** A first note, so that the board of the invented people is not empty. */
export const seed: Seed = {
  firm: (context) =>
    context.transaction(async (inner) => {
      const author = await someAuthor(inner)
      if (author && !(await allNotes(inner)).length) await putUp(inner, author.id, 'Welkom op het prikbord.')
    }),
}
