import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadTexts, say } from '../../src/platform/i18n/texts.ts'

const root = new URL('../../', import.meta.url).pathname
const texts = loadTexts({ roots: [join(root, 'views')] })

const sources = ['accounts', 'factors'].flatMap((part) =>
  readdirSync(join(root, 'src/identity', part), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(password-rules|email|phone|birth-date|username|code-input|format)\.ts$/.test(name))
    .map((name) => readFileSync(join(root, 'src/identity', part, name), 'utf8')),
)
const keys = new Set(
  sources.flatMap(
    (source) =>
      source.match(/(?<=')(?:accounts|factors)\.(?:email|phone|date|username|code|backup-code)\.[a-z-]+(?=')/g) ?? [],
  ),
)
const rules = ['length', 'oneOf', 'common', 'breached', 'context', 'maximum', 'characters'].flatMap((rule) => [
  `accounts.rule.${rule}`,
  `accounts.rule.${rule}.broken`,
])
const verdicts = ['wrong', 'replayed', 'skew'].map((reason) => `factors.authenticator.${reason}`)

test('every mistake these rules can name has its words in both languages', () => {
  const parameters = {
    firm: 'Kring',
    minimum: 12,
    maximum: 128,
    characters: '! ?',
    word: 'kring',
    length: 6,
    minutes: 1,
    direction: 'behind',
    countries: 'Nederland',
  }
  expect(keys.size).toBeGreaterThan(30)
  for (const language of ['nl', 'en'] as const)
    for (const key of [...keys, ...rules, ...verdicts]) {
      expect(say(texts.translator(language), { key, params: parameters })).not.toMatch(/[{}]|undefined/)
    }
})
