import { composedKey } from '../../platform/i18n/texts.ts'
import type { Services } from '../../tenancy/services.ts'
import { firmsShown, password, whoCanSignIn, type WhoCanSignIn } from './people.ts'

/** What the terminal says once everything runs: every firm, who can sign in there, and where messages are read. */
export async function welcome(services: Services): Promise<string> {
  const people = await whoCanSignIn(services)
  const t = services.presentation(null).texts.translator('en')
  const wide = Math.max(0, ...people.map(({ identifier }) => identifier.length))
  const line = ({ identifier, kind, second }: WhoCanSignIn) =>
    `    ${identifier.padEnd(wide)}  ${kind.padEnd(6)}  ${t(composedKey(`development.second.${second}`))}`
  const { firms: shown, more } = await firmsShown(services)
  const firms = shown.map(({ slug, policy, origin }) =>
    [`  ${policy.name}  ${origin}`, ...people.filter(({ tenant }) => tenant === slug).map(line)].join('\n'),
  )
  const { baseUrl } = services.config
  return [
    `\nVoorportaal is open: ${baseUrl}\n`,
    ...firms.map((firm) => `${firm}\n`),
    ...(more ? [`  and ${more} more firms\n`] : []),
    `  Everybody's password   ${password}`,
    `  Mail, SMS, app codes   ${baseUrl}/dev/outbox`,
    `  Move the clock         ${baseUrl}/dev/clock`,
    `  Every page             ${baseUrl}/dev/pages\n\n`,
  ].join('\n')
}
