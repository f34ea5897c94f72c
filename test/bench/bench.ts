/** `npm run bench`: measures every row of the table, or those that are named, and prints it. */
import { parseArgs } from 'node:util'
import { buildStatic } from '../../static/build.ts'
import { machine } from './machine.ts'
import type { Line } from './measure.ts'
import { rows } from './rows.ts'
import { table } from './table.ts'
import { openWorld, type Options } from './world.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '32' },
    firms: { type: 'string', default: '10,1000,5000,10000' },
  },
})
const options: Options = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  connections: Number(values.connections),
  firms: values.firms.split(',').map(Number),
}
const unknown = positionals.filter((name) => !rows.some((row) => row.name === name))
if (unknown.length) {
  process.stderr.write(
    `No row is called ${unknown.join(', ')}; there are ${rows.map(({ name }) => name).join(', ')}.\n`,
  )
  process.exit(2)
}
const wanted = positionals.length ? rows.filter(({ name }) => positionals.includes(name)) : rows

const say = (text: string) => process.stdout.write(`${text}\n`)
const rounds = `${options.rounds} of ${options.seconds} s, ${options.connections} connections`
const before = machine()
await buildStatic()
const end = new AsyncDisposableStack()
const stop = Promise.withResolvers<never>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.reject(new Error(signal)))
try {
  await Promise.race([measureAll(), stop.promise])
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`)
  process.exitCode = 1
} finally {
  await end.disposeAsync()
}

async function measureAll(): Promise<void> {
  const world = await openWorld(options, end)
  const sessions = world.surroundings.redisUrl ? 'Redis' : 'PostgreSQL: no redis-server is installed'
  const facts = { ...before, postgresql: world.server.version, sessions, rounds }
  for (const [name, fact] of Object.entries(facts)) say(`- ${name}: ${fact}`)
  const lines: Line[] = []
  for (const row of wanted) {
    const measured = await row.measure(world)
    lines.push(...measured)
    for (const { what, ratio } of measured)
      process.stderr.write(`${row.name}: ${what}: ${ratio.median.toPrecision(2)}\n`)
  }
  say(`\n${table(lines)}`)
}
