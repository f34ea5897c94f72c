import { expect, test } from 'vitest'
import { ownAddress } from '../../src/rooms/portal/language.ts'

test.each(['/', '/home', '/home?page=2', '/onboarding/phone'])('%s is an address of our own', (address) => expect(ownAddress(address)).toBe(address))

test.each(['', 'home', 'https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', '/\t/elsewhere.example', '/.//elsewhere.example', 'javascript:alert(1)', '/\n/elsewhere.example'])(
  '%j leads away, so it becomes the start', (address) => expect(ownAddress(address)).toBe('/'))
