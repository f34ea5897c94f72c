import { Counter, Gauge, Histogram, Registry, type OpenMetricsContentType } from 'prom-client'

/** What a pool of connections tells about itself. */
export interface Pool {
  totalCount: number
  idleCount: number
  waitingCount: number
}

export interface Metrics {
  /** A request that was answered, by its pattern; in seconds. */
  request(about: { method: string; route: string; status: number }, seconds: number): void
  /** What became of a try to send a message. */
  delivery(kind: string, outcome: string): void
  /** A turn of work that happens by itself; in seconds. */
  job(name: string, outcome: 'done' | 'failed', seconds: number): void
  /** From now on tells how many connections of this pool work, wait and are waited for. */
  pool(name: string, pool: Pool): void
  /** A number that is asked for when somebody looks; each value with its label. When asking fails it is left out. */
  gauge(name: string, help: string, label: string, ask: () => Values | Promise<Values>): void
  /** All of it as text (OpenMetrics 1.0), and what kind of text that is. */
  text(): Promise<string>
  readonly contentType: string
  readonly registry: Registry<OpenMetricsContentType>
}
type Values = Record<string, number>

/** Fixed labels only: routes by their pattern, status by its class, never a firm or a person. So it stays some thousand lines, however many people come. */
export function createMetrics(): Metrics {
  const registry = new Registry<OpenMetricsContentType>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  const registers = [registry]
  const requests = new Histogram({
    name: 'portal_http_request_duration_seconds',
    help: 'Requests answered, by pattern of the address',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  const deliveries = new Counter({
    name: 'portal_deliveries_total',
    help: 'Tries to send a message: sent, retry or failed',
    labelNames: ['kind', 'outcome'] as const,
    registers,
  })
  const jobs = new Histogram({
    name: 'portal_job_duration_seconds',
    help: 'Turns of work that happens by itself',
    labelNames: ['job', 'outcome'] as const,
    buckets: [0.01, 0.1, 1, 10, 60],
    registers,
  })
  const pools = connections(registers)
  return {
    request: ({ method, route, status }, seconds) =>
      requests.observe(
        { method: known.has(method) ? method : 'other', route, status: `${Math.floor(status / 100)}xx` },
        seconds,
      ),
    delivery: (kind, outcome) => deliveries.inc({ kind, outcome }),
    job: (job, outcome, seconds) => jobs.observe({ job, outcome }, seconds),
    pool: (name, pool) => void pools.set(name, pool),
    gauge: (name, help, label, ask) =>
      void new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        async collect() {
          this.reset()
          const values = await Promise.resolve()
            .then(ask)
            .catch(() => ({}))
          for (const [value, n] of Object.entries(values)) this.set({ [label]: value }, n)
        },
      }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    registry,
  }
}

/** Tells of the pools put in it. */
function connections(registers: Registry<OpenMetricsContentType>[]): Map<string, Pool> {
  const pools = new Map<string, Pool>()
  void new Gauge({
    name: 'portal_database_connections',
    help: 'Connections of each pool: busy and idle; waiting is requests that wait for one',
    labelNames: ['pool', 'state'] as const,
    registers,
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of pools) {
        this.set({ pool, state: 'busy' }, totalCount - idleCount)
        this.set({ pool, state: 'idle' }, idleCount)
        this.set({ pool, state: 'waiting' }, waitingCount)
      }
    },
  })
  return pools
}

const known = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
