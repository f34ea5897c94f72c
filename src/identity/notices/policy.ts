import { z } from 'zod'
import { byName } from '../../tenancy/by-name.ts'
import { fragment } from '../../tenancy/fragment.ts'
import { noticesOf } from '../../tenancy/notice.ts'
import type { Module } from '../../tenancy/manifest.ts'

const namesOf = (all: readonly Module[]) => noticesOf(all).map(({ purpose }) => purpose)

const named = (all: readonly Module[]) =>
  byName(
    'notice',
    noticesOf(all).map(({ purpose: name, aliases }) => ({ name, aliases })),
  )

/** Which of the notices there are a firm mails; all, unless it says otherwise. */
export const noticesPolicy = fragment(
  'notices',
  (all) =>
    z
      .array(z.enum(namesOf(all)))
      .default(namesOf(all))
      .describe('which changes are mailed to the person'),
  { names: named },
)
