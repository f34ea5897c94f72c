import { readFileSync } from 'node:fs'
import { RedisStore } from 'connect-redis'
import connectPgSimple from 'connect-pg-simple'
import { Eta } from 'eta'
import express, { type Express } from 'express'
import session from 'express-session'
import pg from 'pg'
import { createClient } from 'redis'

declare module 'express-session' {
  interface SessionData {
    digest?: string
  }
}

export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })

/** In Redis; where there is none in PostgreSQL, as the product's then. */
async function store(): Promise<session.Store> {
  const url = process.env.REDIS_URL
  if (!url) return new (connectPgSimple(session))({ pool, tableName: 'browser_session', disableTouch: true })
  const client = createClient({ url })
  await client.connect()
  return new RedisStore({ client, prefix: 'reference:', disableTouch: true })
}

/** An Express program with sessions and forms, as anybody begins one. */
export async function plainApp(): Promise<Express> {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.get('/ready', (_request, response) => void response.send('ready'))
  app.use(
    session({ store: await store(), secret: 'reference', name: 'reference', resave: false, saveUninitialized: false }),
  )
  app.use(express.urlencoded({ extended: false }))
  return app
}

export const listen = (app: Express): unknown => app.listen(Number(process.env.PORT), '127.0.0.1')

/** The page of the product that is measured beside this one, as a template: as many bytes, with a name filled in. */
export function pageOf(file = process.env.PAGE ?? ''): (name: string) => string {
  const [before = '', ...rest] = readFileSync(file, 'utf8').split(process.env.NAME ?? '\0')
  const eta = new Eta()
  eta.loadTemplate('@page', [before, ...rest].join('<%= it.name %>'))
  return (name) => eta.render('@page', { name })
}
