import { join } from 'node:path'
import { expect, test } from 'vitest'
import { languages, loadTexts } from '../../src/platform/i18n/texts.ts'
import { filters } from '../../src/modules/staff/filters.ts'
import { states } from '../../src/modules/staff/person.ts'
import { steps } from '../support/steps.ts'

const texts = loadTexts({ roots: [join(new URL('../../', import.meta.url).pathname, 'views')] })
const names = steps.all.filter(({ choices, words }) => choices && !words).map(({ name }) => name)

test('every state, reason and step has its words in both languages', () => {
  expect(names.length).toBeGreaterThan(10)
  const keys = [
    ...names.map((step) => `step.${step}`),
    ...states.map((state) => `state.${state}`),
    ...filters.map((filter) => `show.${filter}`),
    ...[
      'mailFailed',
      'mailFails',
      'mailFailsNew',
      'step',
      'opened',
      'nothing',
      ...states.filter((state) => state !== 'active'),
    ].map((why) => `why.${why}`),
  ]
  for (const language of languages) expect(keys.filter((key) => !texts.has(language, `staff.${key}`))).toEqual([])
  expect(texts.keys('nl').filter((key) => key.startsWith('staff.'))).toEqual(
    texts.keys('en').filter((key) => key.startsWith('staff.')),
  )
})
