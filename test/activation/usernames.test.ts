import { expect, test } from 'vitest'
import { readUsername } from '../../src/identity/accounts/index.ts'
import { proposedUsername } from '../../src/modules/activation/username.ts'

test.each([
  ['Zoë de Vries', 'zoe.de.vries'],
  ["Jan-Willem van 't Hof", 'jan.willem.van.t.hof'],
  ['Ян Новак', 'client'],
  ['Al', 'client'],
  ['Li Wu', 'li.wu'],
  ['a'.repeat(80), 'a'.repeat(50)],
])('%s becomes %s', (name, username) => {
  expect(proposedUsername(name)).toBe(username)
  expect(readUsername(username).ok).toBe(true)
})
