import { exportPerson } from './commands/export.ts'
import { allTextTypes } from './platform/i18n/text-types.ts'
import { say as inWords } from './platform/i18n/texts.ts'
import { parseArgs } from 'node:util'
import { writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'
import { takeBounce } from './commands/bounce.ts'
import { audit } from './commands/audit.ts'
import { backup } from './commands/backup.ts'
import { check } from './commands/check.ts'
import { firm } from './commands/firm.ts'
import { keys } from './commands/keys.ts'
import { withPortal as opened } from './commands/opened.ts'
import { publish } from './commands/publish.ts'
import { restore } from './commands/restore.ts'
import { modules } from './modules.ts'
import { compose } from './tenancy/compose.ts'
import { project, type Portal } from './services.ts'
import { emOf } from './tenancy/tenants.ts'
import { unattendedContext } from './tenancy/context.ts'
import { invite } from './modules/activation/index.ts'

const usage = `portal <command>

  tenants                         every firm, its address and its policy's version
  check [firm …]                  reads every firm's choices, texts and pages, and says every mistake
  publish [firm …]                checks and publishes what changed in the folders of firms; the portal need not restart
  invite <firm> --name … --email … [--kind admin|staff|client] [--birth-date 1980-05-01]
                                  invites somebody: so a new firm gets its first administrator
  export <firm> <address>         writes everything the firm keeps of somebody as JSON, and in the firm's log that it did
  bounce                          takes in a delivery report from standard input, as a mail server pipes it
  audit [firm] [--anchor <file>]  checks the chain of the log and compares it with its anchor, or with a copy kept elsewhere
  backup <folder>                 writes a copy of all data to a new folder
  restore <folder> [--check]      restores it into an empty database; or only sees whether it could be
  keys [--rewrap]                 shows what hangs on each master key; wraps everything with the current one
  schema                          writes tenants/tenant.schema.json, for editors
  texts [folder]                  writes the types of all texts below a folder of views; for developers
`

const say = (text: string) => void process.stdout.write(`${text}\n`)

const withPortal = (work: (open: Portal) => Promise<void>): Promise<void> => opened(process.env, work)

async function contextAt(open: Portal, slug: string | undefined) {
  const tenant = await firm(open, slug)
  return unattendedContext(open.services, tenant, emOf(open.services.orm, tenant.id))
}

const commands: Record<string, (rest: string[]) => Promise<void>> = {
  tenants: () =>
    withPortal(async ({ services }) => {
      for (const { slug, origin, version, name } of services.tenants.known)
        say(`${slug.padEnd(14)}${origin.padEnd(40)}version ${version}  ${name}`)
    }),
  invite: (rest) =>
    withPortal(async (open) => {
      const { values, positionals } = parseArgs({
        args: rest,
        allowPositionals: true,
        options: {
          name: { type: 'string', default: '' },
          email: { type: 'string', default: '' },
          username: { type: 'string', default: '' },
          role: { type: 'string', default: '' },
          organisation: { type: 'string', default: '' },
          language: { type: 'string', default: '' },
          'birth-date': { type: 'string', default: '' },
          kind: { type: 'string', default: 'admin' },
        },
      })
      const kind = (['admin', 'staff', 'client'] as const).find((each) => each === values.kind)
      if (!kind) throw new Error('--kind is admin, staff or client')
      const [year = '', month = '', day = ''] = values['birth-date'].split('-')
      const context = await contextAt(open, positionals[0])
      const { name, email, username, role, organisation, language } = values
      const result = await invite(
        context,
        {
          name,
          email,
          username,
          role,
          organisation,
          language,
          'birthDate-day': day,
          'birthDate-month': month,
          'birthDate-year': year,
        },
        { kind },
      )
      if (!result.ok)
        throw new Error(
          Object.entries(result.errors)
            .map(([field, wrong]) => `${field}: ${inWords(context.t, wrong)}`)
            .join('\n'),
        )
      await open.sweepOutbox()
      say(`Invited ${email}.`)
    }),
  export: ([slug, email]) => withPortal(async (open) => say(await exportPerson(await contextAt(open, slug), email))),
  check: (rest) => check({ rest, env: process.env, say }),
  publish: (rest) => publish({ rest, env: process.env, say }),
  audit: (rest) => audit({ rest, env: process.env, say }),
  bounce: async () => {
    const report = await text(process.stdin)
    await withPortal(async ({ services }) => say(await takeBounce(services, report)))
  },
  backup: (rest) => backup({ rest, env: process.env, say }),
  restore: (rest) => restore({ rest, env: process.env, say }),
  keys: (rest) => keys({ rest, env: process.env, say }),
  texts: async ([folder = join(project, 'views')]) => {
    const all = allTextTypes(folder)
    for (const { file, types } of all) writeFileSync(file, types)
    say(`Wrote ${all.length} files`)
  },
  schema: async () => {
    const file = join(project, 'tenants/tenant.schema.json')
    writeFileSync(file, `${JSON.stringify(compose(modules).policy.schema(), null, 2)}\n`)
    say(`Wrote ${file}`)
  },
}

const [name = '', ...rest] = process.argv.slice(2)
const command = commands[name]
if (!command) {
  process.stdout.write(usage)
  process.exit(name ? 1 : 0)
}
try {
  await command(rest)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  // EX_TEMPFAIL of sysexits.h: a mail server keeps the report and tries again.
  process.exitCode = name === 'bounce' ? 75 : 1
}
