import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { modules } from '../../src/modules.ts'
import { compose } from '../../src/tenancy/compose.ts'
import { fragment } from '../../src/tenancy/fragment.ts'
import type { Module } from '../../src/tenancy/manifest.ts'
import { isOn } from '../../src/tenancy/switches.ts'
import { root, slugs } from '../architecture/sources.ts'

const file = JSON.parse(readFileSync(join(root, 'tenants', slugs()[0]!, 'tenant.json'), 'utf8')) as object
const boardPolicy = fragment('board', z.strictObject({ notes: z.int().max(9).default(3) }).prefault({}))
const board: Module = {
  name: 'board',
  policy: [boardPolicy],
  policyChecks: [(policy) => (policy.of(boardPolicy).notes === 7 ? [{ path: 'board.notes', reason: 'is odd' }] : [])],
}
const reader = compose([...modules, board]).policy
const read = (more: object) => {
  const parsed = reader.parse({ ...file, ...more })
  if (!parsed.ok) throw new Error(parsed.issues.map(({ path, reason }) => `${path}: ${reason}`).join('\n'))
  return parsed.policy
}

test('a module’s choices stand under its key, with defaults, in copies too and never in JSON', () => {
  expect(read({}).of(boardPolicy)).toEqual({ notes: 3 })
  expect(read({ board: { notes: 5 } }).of(boardPolicy).notes).toBe(5)
  expect({ ...read({ board: { notes: 5 } }), name: 'Ander' }.of(boardPolicy).notes).toBe(5)
  expect(JSON.parse(JSON.stringify(read({})))).toMatchObject({ board: { notes: 3 } })
  expect(() => read({ board: { notes: 70 } })).toThrow('board.notes: must be at most 9')
  expect(() => read({ board: { notes: 7 } })).toThrow('board.notes: is odd')
  expect(JSON.stringify(reader.schema())).toContain('"notes"')
})

test('what was published before a module was there is as today', () => {
  const today = read({ board: { notes: 5 } })
  expect(reader.published({ name: 'Vroeger' }, today)).toMatchObject({ name: 'Vroeger' })
  expect(reader.published({ name: 'Vroeger' }, today).of(boardPolicy).notes).toBe(5)
  expect(reader.published({ board: { notes: 1 } }, today).of(boardPolicy).notes).toBe(1)
  expect(reader.published({ board: { notes: 'x' } }, today).of(boardPolicy).notes).toBe(5)
})

test('a firm switches a module off; what every portal needs it cannot, and is told so', () => {
  expect(isOn(read({}), board)).toBe(true)
  expect(isOn(read({ modules: { board: false } }), board)).toBe(false)
  expect(() => read({ modules: { 'sign-in': false } })).toThrow(
    'modules.sign-in: "sign-in" is part of every portal and cannot be switched off; leave it out here',
  )
  expect(() => read({ modules: { bord: false } })).toThrow('did you mean "board"?')
})

test('two modules that mean different things by one key stop the start', () => {
  const other: Module = { name: 'other', policy: [fragment('look', z.string())] }
  expect(() => compose([...modules, other])).toThrow('Two say what "look" means in tenant.json')
})
