import { expect, test } from 'vitest'
import { addressOf } from '../../src/tenancy/steps.ts'
import { everything } from '../support/steps.ts'
import { sources, type Source } from './sources.ts'

/** Factors and steps, by what firms call them. */
const names = [...everything.factors.all, ...everything.steps.all].map(({ name }) => name)

/** What is compared, where the same word means something else than a factor or a step. */
const elsewhere = [
  /\b(outcome|kind)$/, // what came of something, and whether a message is a mail or an SMS
  /\bvia$/, // how somebody came in
  /\bfeatures\??$/, // what people of a firm have by its steps, whichever those are
  /\b(about|missing\?\.names|flow|landing)$/, // a requirement, a flow, a page
  /\bshow$/, // a view of the list of people
  /\bsettings\[/,
]

const one = `'(${names.join('|')})'`
const compared = new RegExp(
  String.raw`([\w.?\[\]]+) [!=]==? ${one}|${one} [!=]==? ([\w.?]+)|([\w.?]+)\.includes\(${one}\)|\bcase ${one}`,
  'g',
)

/** Comparisons with the name of a factor or a step outside its own folder. */
const comparisons = (all: Pick<Source, 'path' | 'text'>[]): string[] =>
  all.flatMap(({ path, text }) =>
    [...text.matchAll(compared)].flatMap(([found, first, a, b, second, third, c, d]) => {
      const [name = '', what = ''] = [a ?? b ?? c ?? d, first ?? second ?? third]
      const own = path.split('/').includes(addressOf({ name }))
      return own || elsewhere.some((word) => word.test(what)) ? [] : [`${path}: ${found}`]
    }),
  )

test('nobody compares with the name of a factor or a step outside its folder: what matters of it, it says itself', () => {
  expect(names.length).toBeGreaterThan(18)
  expect(comparisons(sources('src'))).toEqual([])
})

test('such a comparison is seen, however it is written', () => {
  const written = [
    `if (way === 'sms') send()`,
    `if ('mail' !== name) send()`,
    `of.includes('passkey')`,
    `switch (step.step) { case 'chooseFactor': }`,
  ]
  expect(comparisons(written.map((text) => ({ path: 'src/modules/home/page.ts', text })))).toHaveLength(written.length)
  expect(comparisons([{ path: 'src/identity/factors/sms/check.ts', text: written[0]! }])).toEqual([])
})
