import { say } from '../../platform/i18n/texts.ts'
import { withWait, wordsFor } from '../../platform/i18n/words.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { asked, foresee, invite, type Foreseen, type InvitationForm } from '../activation/index.ts'
import { formOf, headOf, records, type Recorded } from './csv.ts'
import { answeredBefore, rememberAnswered } from '../../identity/flow/index.ts'

/** As many people as are invited with one list. */
export const mostPeople = 200

/** Characters of the whole list: it travels once more with the confirmation. */
const longest = 40_000

/**
 * What happens to a row: an account is made; one that waits gets a new link; it needs nothing; or something is wrong.
 */
export type Verdict = 'new' | 'again' | 'active' | 'wrong'

/**
 * A row of the list: whom it names on which line, what happens, and what is wrong with it, in words. `text` is the row
 * itself.
 */
export interface Row {
  line: number
  name: string
  email: string
  organisation: string | null
  newOrganisation: boolean
  verdict: Verdict
  wrong: string[]
  text: string
}
type ListMistake = `staff.list.${'unreadable' | 'empty' | 'columns' | 'tooMany'}`

/** What a list came to. `text` is the list itself, to be sent along with the confirmation. */
export interface ReadList {
  rows: Row[]
  forms: InvitationForm[]
  text: string
  error: ListMistake | null
}

const nothing = (error: ListMistake): ReadList => ({ rows: [], forms: [], text: '', error })

/**
 * Reads a list of people (CSV with a head) and judges every row as the form for one person would. Nothing is done yet.
 */
export async function readList(context: PersonContext, text: string): Promise<ReadList> {
  const found = records(text)
  if (!found) return nothing('staff.list.unreadable')
  if (!found.length) return nothing('staff.list.empty')
  if (!found.some(({ record }) => 'email' in record && 'name' in record)) return nothing('staff.list.columns')
  if (found.length > mostPeople || text.length > longest) return nothing('staff.list.tooMany')
  const forms = found.map(({ record }) => formOf(record))
  return { rows: judged(context, found, forms, await foresee(context, forms)), forms, text, error: null }
}

/** The rows with what is wrong with each; who is named twice is right the first time only. */
function judged(context: PersonContext, found: Recorded[], forms: InvitationForm[], foreseen: Foreseen[]): Row[] {
  const seen = new Set<string>()
  return foreseen.map((each, at): Row => {
    const { name, email } = forms[at] as InvitationForm
    const { raw, info } = found[at] as Recorded
    const twice = each.ok && seen.has(each.invitation.lookup)
    if (each.ok) seen.add(each.invitation.lookup)
    const wrong = each.ok ? (twice ? [{ key: 'staff.list.twice' }] : []) : Object.values(each.errors)
    return {
      line: info.lines,
      name,
      email,
      text: raw.trim(),
      verdict: verdictOf(each, twice),
      organisation: each.ok ? each.invitation.organisation : null,
      newOrganisation: each.ok && each.newOrganisation,
      wrong: wrong.map((each) => say(context.t, each)),
    }
  })
}

function verdictOf(each: Foreseen, twice: boolean): Verdict {
  if (!each.ok) return each.active ? 'active' : 'wrong'
  return twice ? 'wrong' : each.again ? 'again' : 'new'
}

/** The list with these rows only, to be corrected and looked at again. */
export const remaining = ({ text }: ReadList, rows: Row[]): string =>
  [headOf(text), ...rows.map((row) => row.text)].join('\r\n')

/** What came of a list: how many went, how many go on the next day, and the rows that were refused, with why. */
export interface ListInvited {
  sent: number
  held: number
  refused: Row[]
}

/** Invites everybody on the list whose row is right. Somebody who cannot be invited keeps nobody else back. */
export async function inviteList(context: PersonContext, { forms, rows }: ReadList): Promise<ListInvited> {
  const refused: Row[] = []
  let [sent, held] = [0, 0]
  if (await answeredBefore(context, context.person.id)) return { sent, held, refused }
  for (const [at, row] of rows.entries()) {
    if (row.verdict !== 'new' && row.verdict !== 'again') continue
    const result = await invite(context, forms[at] as InvitationForm, { once: false })
    if (!result.ok)
      refused.push({
        ...row,
        verdict: 'wrong',
        wrong: Object.values(result.errors).map(({ key, params }) =>
          say(context.t, {
            key,
            params: withWait(params, wordsFor(context.language, context.policy.zone), context.now),
          }),
        ),
      })
    else if (result.held) held++
    else sent++
  }
  await rememberAnswered(context, context.person.id)
  return { sent, held, refused }
}

/**
 * An empty list to fill in, with the columns this firm asks: as spreadsheet programs of this country read it (RFC 4180
 * but for the semicolon).
 */
export function template(context: PersonContext): string {
  const { birthDate, role, organisation, username, language } = asked(context)
  const asks = { name: true, email: true, organisation, role, birthDate, username, language }
  const names = (Object.keys(asks) as (keyof typeof asks)[]).filter((name) => asks[name])
  return `\uFEFF${names.map((name) => context.t(`staff.list.head.${name}`)).join(';')}\r\n`
}
