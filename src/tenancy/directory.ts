import type { PublishedTenant } from './tenant-store.ts'

/** What is known of a firm without loading it. */
export interface KnownTenant {
  id: string
  slug: string
  name: string
  /** The newest version of its choices. */
  version: number
  /** The hosts it answers at; the first is the one in mails. */
  hosts: string[]
  /** Origin for links in mails, from the configuration, never from a request. */
  origin: string
  /** Raised by every publication; tells two of the same version apart. */
  revision: number
}

/**
 * The list of firms this process serves, in memory: who is not on it has no page here. Nothing of a firm but its name
 * and hosts.
 */
export class Directory {
  readonly #baseUrl: URL
  readonly #bySlug = new Map<string, KnownTenant>()
  readonly #byId = new Map<string, KnownTenant>()
  /** Whose each host is, and behind them who asks for it as well: they have it as soon as it is free. */
  readonly #byHost = new Map<string, KnownTenant[]>()
  constructor(baseUrl: URL) {
    this.#baseUrl = baseUrl
  }

  /** By their names. */
  get all(): KnownTenant[] {
    return [...this.#bySlug.values()].sort((a, b) => (a.slug < b.slug ? -1 : 1))
  }
  get size(): number {
    return this.#bySlug.size
  }

  byHost(host: string): KnownTenant | null {
    return this.#byHost.get(host.toLowerCase())?.[0] ?? null
  }
  bySlug(slug: string): KnownTenant | null {
    return this.#bySlug.get(slug) ?? null
  }
  byId(id: string): KnownTenant | null {
    return this.#byId.get(id) ?? null
  }

  /** From here on the firm is served, as it was published. */
  put({ id, slug, name, version, domain, revision }: PublishedTenant): void {
    this.remove(slug)
    const host = `${slug}.${this.#baseUrl.host}`
    const hosts = domain && domain !== host ? [domain, host] : [host]
    const known = { id, slug, name, version, revision, hosts, origin: `${this.#baseUrl.protocol}//${hosts[0]}` }
    this.#bySlug.set(slug, known)
    this.#byId.set(id, known)
    for (const each of hosts) {
      const others = this.#byHost.get(each) ?? []
      // A host below the installation's own is nobody's but that firm's.
      this.#byHost.set(each, each === host ? [known, ...others] : [...others, known])
    }
  }

  /** From here on it is not served. */
  remove(slug: string): void {
    const known = this.#bySlug.get(slug)
    if (!known) return
    this.#bySlug.delete(slug)
    this.#byId.delete(known.id)
    for (const host of known.hosts) {
      const others = (this.#byHost.get(host) ?? []).filter((each) => each !== known)
      if (others.length) this.#byHost.set(host, others)
      else this.#byHost.delete(host)
    }
  }
}
