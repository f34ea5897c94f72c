/** One request as it goes over the wire. */
export interface Ask {
  method?: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  body?: string
}

/** What the load program is told to do. Requests are taken in turn, over all connections. */
export interface Job {
  port: number
  connections: number
  asks: Ask[]
  /** For so many seconds; or until so many requests are answered. */
  seconds?: number
  amount?: number
  /** Requests a second over all connections; as many as go, when not said. */
  rate?: number
}

export interface Answered {
  status: number
  /** How long it took. */
  ms: number
  /** When it was there, in milliseconds from the beginning. */
  at: number
}

export interface Result {
  answers: Answered[]
  /** Connections that broke, and requests that were not answered in time. */
  errors: number
  seconds: number
  /** Which share of one core the load program used. */
  share: number
}
