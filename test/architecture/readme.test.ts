import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configurationKeys } from '../../src/platform/config/keys.ts'
import { parsePolicy, policySchema } from '../support/policy.ts'

const root = join(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const plain = (text: string) => text.replaceAll('<', '&lt;')

describe('what the README says is so', () => {
  test.each(configurationKeys.map((key) => [key.name, key] as const))(
    '%s stands in the table as the program reads it',
    (name, { meaning, standard, required }) => {
      expect(readme).toContain(`| \`${name}\` | ${plain(meaning)} | ${plain(standard ?? '')} | ${required} |`)
    },
  )
  test('the worked example is a firm the program takes', () => {
    const example = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    expect(parsePolicy(JSON.parse(example))).toMatchObject({ ok: true })
  })
  test('the worked example of a module is the one that a test adds', () => {
    // What only a module outside the project says.
    const outside = /^(views|migrations):/
    const says = (text: string) =>
      [...text.matchAll(/^ {2}(\w+.*?,)(?: *\/\/.*)?$/gm)]
        .map(([, line = '']) => line)
        .filter((line) => !outside.test(line))
    const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    expect(says(example)).toEqual(says(readFileSync(join(root, 'test/modules/noticeboard/module.ts'), 'utf8')))
  })
  test('every choice of a firm is in the table', () => {
    const named = [...readme.matchAll(/^\| (`[^|]+) \|/gm)].map((row) => row[1]).join(' ')
    const choices = Object.keys((policySchema() as { properties: object }).properties).filter(
      (name) => !['$schema', 'name', 'domain', 'zone'].includes(name),
    )
    for (const choice of choices) expect(named).toContain(`\`${choice}`)
  })
})

test('the schema for editors is the policy of today', () => {
  expect(JSON.parse(readFileSync(join(root, 'tenants/tenant.schema.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(policySchema())),
  )
})
