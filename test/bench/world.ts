import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Load } from './load.ts'
import type { Place } from './machine.ts'
import { openMailbox, type Mailbox } from './mailbox.ts'
import { startProduct, type Product, type Surroundings } from './product.ts'
import { root, start, type Program } from './programs.ts'
import { openRedis } from './redis.ts'
import { seedPeople } from './seed.ts'
import { openServer, type Database, type Server } from './server.ts'

/** The product on a database with so many people at `linde`. */
export interface Site {
  product: Product
  database: Database
}

/** How the bench was asked to measure. */
export interface Options {
  rounds: number
  /** How long one load lasts. */
  seconds: number
  connections: number
  /** How many firms a start is measured with. */
  firms: number[]
}

/** Everything the rows need, started when first asked for and ended together. */
export interface World {
  options: Options
  surroundings: Surroundings
  server: Server
  mailbox: Mailbox
  load: Load
  /** One per number of people and place. */
  site(people: number, place?: Place): Promise<Site>
  /** A reference program; the last one to be started under a name is kept. */
  reference(script: string, env?: Record<string, string>, place?: Place): Promise<Program>
}

/** A firm where a password is chosen without a second step, beside `linde` as it is. */
const step = {
  name: 'Stap voor Stap',
  contact: { mail: 'help@stap.example', phone: '020 000 66 77' },
  look: { brand: '#7a2e3b' },
  secondFactor: { of: ['mail'], when: 'always' },
  onboarding: { activation: [{ step: 'intro' }, { step: 'password' }, { step: 'secretQuestion' }, { step: 'done' }] },
}

async function makeTenants(folder: string): Promise<string> {
  const tenants = join(folder, 'tenants')
  await mkdir(join(tenants, 'stap'), { recursive: true })
  await cp(join(root, 'tenants/linde'), join(tenants, 'linde'), { recursive: true })
  await writeFile(join(tenants, 'stap/tenant.json'), JSON.stringify(step))
  return tenants
}

/** Makes each once, by name. */
function once<T>(): (name: string, make: () => Promise<T>) => Promise<T> {
  const made = new Map<string, Promise<T>>()
  return (name, make) => {
    const there = made.get(name) ?? make()
    made.set(name, there)
    return there
  }
}

/** Opens it; whatever was begun, `end` ends, the last first. */
export async function openWorld(options: Options, end: AsyncDisposableStack): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'portal-bench-'))
  end.defer(() => rm(folder, { recursive: true, force: true }))
  const server = await openServer(folder)
  end.defer(() => server.stop())
  const redis = await openRedis(folder)
  end.defer(async () => redis?.stop())
  const mailbox = await openMailbox()
  end.defer(() => mailbox.stop())
  const load = new Load()
  end.defer(() => load.close())
  const surroundings = {
    folder,
    tenants: await makeTenants(folder),
    smtpUrl: mailbox.url,
    redisUrl: redis?.url ?? null,
  }
  const kept = <T extends { stop(): Promise<void> }>(program: T): T => {
    end.defer(() => program.stop())
    return program
  }
  const databases = once<Database>()
  const sites = once<Site>()
  return {
    options,
    surroundings,
    server,
    mailbox,
    load,
    site: (people, place = 'measured') =>
      sites(`${people} ${place}`, async () => {
        const database = await databases(String(people), async () => {
          const made = await server.make(`bench_${process.pid}_${people}`)
          const product = kept(await startProduct(made.own, surroundings))
          await seedPeople(made.all, people)
          await product.stop()
          return made
        })
        return { database, product: kept(await startProduct(database.own, surroundings, place)) }
      }),
    reference: async (script, env = {}, place = 'measured') =>
      kept(
        await start(`test/bench/reference/${script}`, { ...env, ...(redis && { REDIS_URL: redis.url }) }, { place }),
      ),
  }
}
