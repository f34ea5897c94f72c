import { Postponed, Undeliverable, type Message, type Transport } from './message.ts'
import { fitsGsm7 } from './gsm7.ts'

const PATIENCE_MS = 15_000
/** Answers that are about us or about this moment, not about the message. */
const TRY_AGAIN = new Set([401, 403, 404, 408, 425, 429])

export interface Gateway {
  preset: 'kannel' | 'json'
  /** SMS_URL. */
  url: string
  user: string
  password: string
  from: string
}

/** How one kind of gateway is asked, and how its "yes" reads. */
interface Dialect {
  request(gateway: Gateway, message: Message): { url: URL; init: RequestInit }
  accepts(body: string): boolean
}

const dialects: Record<Gateway['preset'], Dialect> = {
  /** Kannel's sendsms: everything in the address, the answer in words after a number. */
  kannel: {
    request({ url, user, password, from }, { to, text }) {
      const address = new URL(url)
      if (address.pathname === '/') address.pathname = '/cgi-bin/sendsms'
      const fields = { username: user, password, from, to, text, charset: 'UTF-8', coding: fitsGsm7(text) ? '0' : '2' }
      for (const [name, value] of Object.entries(fields)) address.searchParams.set(name, value)
      return { url: address, init: { method: 'GET' } }
    },
    // 0: handed to the network, 3: in the gateway's own queue.
    accepts: (body) => /^\s*[03]:/.test(body),
  },
  /** Any gateway that takes a JSON post and answers 2xx. */
  json: {
    request({ url, user, password, from }, { id, to, text }) {
      const authorization: Record<string, string> = password
        ? {
            Authorization: user
              ? `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
              : `Bearer ${password}`,
          }
        : {}
      return {
        url: new URL(url),
        init: {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...authorization },
          body: JSON.stringify({ id, from, to, text }),
        },
      }
    },
    accepts: () => true,
  },
}

/**
 * SMS through a gateway over HTTP; the row's id goes along as `Idempotency-Key` for those that know it.
 * Waits at most `patience` milliseconds for an answer.
 */
export function createSms(gateway: Gateway, patience = PATIENCE_MS): Transport {
  const dialect = dialects[gateway.preset]
  return {
    async send(message) {
      const { url, init } = dialect.request(gateway, message)
      const answer = await fetchAnswer(url, {
        ...init,
        headers: { ...init.headers, 'Idempotency-Key': message.id },
        signal: AbortSignal.timeout(patience),
      })
      if (answer.ok && dialect.accepts(answer.body)) return
      throw refusal(answer.status, answer.ok)
    },
  }
}

async function fetchAnswer(url: URL, init: RequestInit): Promise<{ ok: boolean; status: number; body: string }> {
  try {
    // A redirect would carry our password elsewhere.
    const response = await fetch(url, { ...init, redirect: 'error' })
    return { ok: response.ok, status: response.status, body: await response.text() }
  } catch (cause) {
    const { name, cause: deeper } = cause as Error & { cause?: NodeJS.ErrnoException }
    throw new Postponed(
      `SMS gateway ${name === 'TimeoutError' ? 'did not answer in time' : `cannot be reached (${deeper?.code ?? name})`}`,
    )
  }
}

function refusal(status: number, ok: boolean): Error {
  const reason = ok ? `SMS gateway answered ${status} without accepting` : `SMS gateway answered ${status}`
  const final = status >= 400 && status < 500 && !TRY_AGAIN.has(status)
  return final ? new Undeliverable(reason) : new Postponed(reason)
}
