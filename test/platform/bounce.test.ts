import { expect, test } from 'vitest'
import { readBounce } from '../../src/platform/outbox/bounce.ts'
import { report, type Report } from '../support/postmaster.ts'

const id = '0190ab12-3456-4789-8abc-def012345678'
const read = (changes: Partial<Report> = {}) => readBounce(report({ id, ...changes }))

test('a report of a mail server: which mail, and that its address does not work', async () => {
  expect(await read()).toEqual({ messageId: id, tenantId: null, verdict: 'failed' })
  expect(await read({ eol: '\n' })).toEqual({ messageId: id, tenantId: null, verdict: 'failed' })
  expect(await read({ returned: 'text/rfc822-headers' })).toEqual({ messageId: id, tenantId: null, verdict: 'failed' })
  expect(await read({ header: `Message-ID:\r\n <${id.toUpperCase()}@portal.example>` }), 'folded').toEqual({
    messageId: id,
    tenantId: null,
    verdict: 'failed',
  })
})

test('a mail says which firm it is from; one of an earlier release did not', async () => {
  const tenantId = '0190ab12-aaaa-4789-8abc-def012345678'
  expect(await read({ header: `Message-ID: <${id}.${tenantId}@portal.example>` })).toEqual({
    messageId: id,
    tenantId,
    verdict: 'failed',
  })
})

test.each([
  ['failed', '5.1.1', 'failed'],
  ['failed', '5.0.0', 'failed'],
  ['failed', '5.2.2', 'failed'],
  ['failed', '5.4.4', 'failed'],
  ['failed', '5.1.10', 'failed'],
  ['failed', '5.7.1', 'other'],
  ['failed', '5.7.26', 'other'],
  ['failed', '5.6.1', 'other'],
  ['failed', '5.1.8', 'other'],
  ['failed', '5.4.6', 'other'],
  ['delayed', '4.4.1', 'temporary'],
  ['failed', '4.4.1', 'temporary'],
  ['delayed', '5.1.1', 'temporary'],
  ['delivered', '2.0.0', 'temporary'],
] as const)('action %s with status %s is %s', async (action, status, verdict) =>
  expect((await read({ action, status }))?.verdict).toBe(verdict),
)

test.each([
  [
    'a person who answers',
    'From: jan@voorbeeld.nl\r\nSubject: Re: Welkom\r\nIn-Reply-To: <0190ab12-3456-4789-8abc-def012345678@portal.example>\r\n\r\nDank u!',
  ],
  ['nothing', ''],
  ['a report that does not say which mail', report({ id, header: 'Subject: Welkom' })],
  ['a report about a mail that is not ours', report({ id, header: 'Message-ID: <abc@elders.example>' })],
  [
    'an id that stands in the words of the mail only',
    report({ id, header: `Subject: Welkom\r\n\r\nMessage-ID: <${id}@portal.example>` }),
  ],
  ['no MIME at all', '\u0000\u0001--x--'],
])('%s is no bounce', async (_, raw) => expect(await readBounce(raw)).toBeNull())
