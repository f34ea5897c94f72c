import type { EntityManager } from '@mikro-orm/postgresql'
import type { Request, Response } from 'express'
import type { Browser } from '../platform/http/browser.ts'
import { ownPath, pageBefore } from '../platform/http/request-target.ts'
import { languageInAddress, languageOf } from '../platform/i18n/language.ts'
import type { Language } from '../platform/i18n/texts.ts'
import type { Log } from '../platform/log/log.ts'
import { Context, type ContextFacts } from '../tenancy/context.ts'
import { nonceOf } from '../tenancy/input.ts'
import type { Services } from '../tenancy/services.ts'
import { emOf, type Tenant } from '../tenancy/tenants.ts'
import { factsOf } from './facts.ts'

/** What a request tells the domain. What only some pages ask is found out when they do. */
class RequestContextFacts implements ContextFacts {
  readonly services: Services
  readonly tenant: Tenant
  readonly now: Temporal.Instant
  readonly browser: Browser
  readonly path: string
  readonly part: boolean
  readonly #request: Request
  language: Language
  #em: EntityManager | null = null
  constructor(services: Services, tenant: Tenant, request: Request, response: Response) {
    const { browser, step } = factsOf(response)
    this.services = services
    this.tenant = tenant
    this.now = services.clock.now()
    this.browser = browser!
    this.path = ownPath(request.originalUrl) ?? '/'
    this.part = !step && isPiece(request)
    this.#request = request
    this.language = languageOf(request, tenant.policy.languages, browser)
  }

  get em(): EntityManager {
    return (this.#em ??= emOf(this.services.orm, this.tenant.id))
  }
  get log(): Log {
    return this.services.log
  }
  get network(): string {
    return this.#request.ip ?? ''
  }
  get agent(): string {
    return (this.#request.get('user-agent') ?? '').slice(0, 300)
  }
  get nonce(): string | null {
    return nonceOf(this.#request)
  }
  get stoodOn(): string | null {
    return pageBefore(this.#request)
  }
  get background(): boolean {
    return this.#request.get('hx-background') === 'true'
  }
}

/** A request to a firm, as the domain knows it. */
export function contextOf(services: Services, tenant: Tenant, request: Request, response: Response): Context {
  const facts = new RequestContextFacts(services, tenant, request, response)
  // The form of a page that a mail led to: what follows it goes on in that language.
  if (request.method === 'POST' && languageInAddress(request) === facts.language) {
    facts.browser.delete('language')
    facts.browser.set('heard', facts.language)
  }
  return new Context(facts)
}

/**
 * Whether only a piece of a page is asked for: by htmx, or by the browser for what stands in a page, such as a picture.
 * Nobody is led back to one.
 */
function isPiece(request: Request): boolean {
  const into = request.get('sec-fetch-dest')
  return (
    request.get('hx-request') === 'true' || (into !== undefined && into !== 'document') || /\.\w+$/.test(request.path)
  )
}
