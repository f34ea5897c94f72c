import { expect, test } from 'vitest'
import { ownPath } from '../../src/platform/http/request-target.ts'

test.each(['/', '/home', '/home?page=2', '/onboarding/phone'])('%s is an address of our own', (address) =>
  expect(ownPath(address)).toBe(address),
)

test.each([
  '',
  'home',
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  '/.//elsewhere.example',
  'javascript:alert(1)',
  '/\n/elsewhere.example',
  'http://here.invalid/home',
  'http:/home',
])('%j leads away, so it is none of ours', (address) => expect(ownPath(address)).toBe(null))
