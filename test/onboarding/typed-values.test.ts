import { expect, test } from 'vitest'
import { z } from 'zod'
import { typedValues } from '../../src/identity/flow/index.ts'
import { line, proof, secret, ticked } from '../../src/tenancy/route.ts'

test('what was typed comes back in the page with its mistakes: lines only, and nothing that does not say it is no secret', () => {
  const fields = { phone: line(), pin: secret(), signature: proof(), agreed: ticked(), anything: z.string() }
  const form = { phone: '0612345678', pin: '1234', signature: 'x', agreed: true, anything: 'new', unknown: 'y' }
  expect(typedValues(fields, form)).toEqual({ phone: '0612345678' })
})
