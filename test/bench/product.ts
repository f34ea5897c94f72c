import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Place } from './machine.ts'
import { freePort, start, type Program } from './programs.ts'

/** One for all: what one product seals, the next must open. */
export const masterKey = `bench:${randomBytes(32).toString('base64')}`
const sessionSecret = randomBytes(32).toString('hex')

/** The product in production mode, as its own process. */
export interface Product extends Program {
  /** What a browser asks for at a firm. */
  host(slug: string): string
}

/** What it needs beside a database. */
export interface Surroundings {
  folder: string
  tenants: string
  smtpUrl: string
  redisUrl: string | null
}

/** Starts `src/main.ts`, as `npm start` does, behind a proxy that is this very machine. */
export async function startProduct(
  databaseUrl: string,
  { folder, tenants, smtpUrl, redisUrl }: Surroundings,
  place: Place = 'measured',
): Promise<Product> {
  const port = await freePort()
  const data = join(folder, `data-${port}`)
  await mkdir(data, { recursive: true })
  const program = await start(
    'src/main.ts',
    {
      HOST: '127.0.0.1',
      BASE_URL: `https://localhost:${port}`,
      DATABASE_URL: databaseUrl,
      ...(redisUrl && { REDIS_URL: redisUrl }),
      SMTP_URL: smtpUrl,
      MAIL_FROM: 'no-reply@portal.example',
      MASTER_KEY: masterKey,
      SESSION_SECRET: sessionSecret,
      TRUSTED_PROXIES: '127.0.0.1',
      DATA_DIR: data,
      TENANTS_DIR: tenants,
      LOG_LEVEL: 'error',
    },
    { place, port },
  )
  return { ...program, host: (slug) => `${slug}.localhost:${port}` }
}
