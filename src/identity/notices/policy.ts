import { z } from 'zod'
import { fragment, type Names } from '../../tenancy/fragment.ts'
import { noticesOf } from '../../tenancy/notice.ts'
import type { Module } from '../../tenancy/manifest.ts'

const namesOf = (all: readonly Module[]) => noticesOf(all).map(({ purpose }) => purpose)

function byName(all: readonly Module[]): Names {
  const known = noticesOf(all).flatMap(({ purpose: name, aliases = [] }) =>
    [name, ...aliases].map((each) => [each, { name }] as const),
  )
  const named = new Map(known)
  return { find: (name) => named.get(name) }
}

/** Which of the notices there are a firm mails; all, unless it says otherwise. */
export const noticesPolicy = fragment(
  'notices',
  (all) =>
    z
      .array(z.enum(namesOf(all)))
      .default(namesOf(all))
      .describe('which changes are mailed to the person'),
  { names: byName },
)
