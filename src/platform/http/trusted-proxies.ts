import type { Express } from 'express'
import { LRUCache } from 'lru-cache'

type Trusts = (address: string, hop: number) => boolean

/** Whoever connects: some proxies, or without one each browser. */
const most = 500

/**
 * Says which proxies are ours: what they tell of a request (X-Forwarded-*) is believed. Each request asks that several
 * times of whoever connected, and comparing addresses with networks is slow, so the answers are kept.
 */
export function trustProxies(app: Express, proxies: readonly string[]): void {
  app.set('trust proxy', [...proxies])
  const trusts = app.get('trust proxy fn') as Trusts
  const known = new LRUCache<string, { trusted: boolean }>({ max: most })
  app.set('trust proxy', (address: string, hop: number) => {
    if (hop > 0) return trusts(address, hop)
    const before = known.get(address)
    if (before) return before.trusted
    const trusted = trusts(address, hop)
    known.set(address, { trusted })
    return trusted
  })
}
