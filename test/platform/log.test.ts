import { expect, test } from 'vitest'
import { createLog, withRequestId } from '../../src/platform/log/log.ts'

function written(use: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = []
  use(createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } }))
  return lines
}

test.each(['password', 'code', 'token', 'answer', 'phone', 'cookie', 'authorization', '_csrf', 'body'])(
  '%s is masked at every depth',
  (name) => {
    const secret = 'very-secret'
    const [line = ''] = written((log) =>
      log.info(
        {
          [name]: secret,
          a: { [name]: secret, b: { [name]: secret, c: { [name]: secret } } },
          list: [{ [name]: secret }],
        },
        'hello',
      ),
    )
    expect(line).toContain('hello')
    expect(line).not.toContain(secret)
  },
)

test('of an error the kind, words and place are written, not the row or the request', () => {
  const error = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(jan@voorbeeld.nl)',
    config: { body: 'x' },
    cause: new Error('deeper'),
  })
  const [line = ''] = written((log) => log.error({ err: error }, 'failed'))
  expect(line).not.toContain('voorbeeld')
  expect(JSON.parse(line).err).toMatchObject({
    type: 'Error',
    reason: '23505',
    message: 'duplicate key',
    cause: { message: 'deeper' },
  })
})

test('a thrown object that is no error still tells its words', () => {
  const [line = ''] = written((log) =>
    log.error({ err: { message: 'queue is gone', code: '57P01', query: 'select 7' } }, 'failed'),
  )
  expect(JSON.parse(line).err).toEqual({ message: 'queue is gone', reason: '57P01' })
})

test('every line of a request bears its id, also after waiting', async () => {
  const lines: string[] = []
  const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } })
  await Promise.all(
    ['one', 'two'].map((id) =>
      withRequestId(id, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        log.info(id)
      }),
    ),
  )
  log.info('outside')
  expect(lines.map((line) => JSON.parse(line)).map(({ requestId, msg }) => [requestId, msg])).toEqual([
    ['one', 'one'],
    ['two', 'two'],
    [undefined, 'outside'],
  ])
})
