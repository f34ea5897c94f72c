// A process that uses the embedded PostgreSQL and then waits to be killed: `node postgres-user.ts <folder>`.
import { createLog } from '../../src/platform/log/log.ts'
import { startPostgres } from '../../src/platform/db/embedded.ts'

const postgres = await startPostgres({ directory: process.argv[2] as string, log: createLog({ level: 'silent' }) })
process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)))
setInterval(() => {}, 60_000)
console.log(postgres.url)
