import { say } from '../../platform/i18n/texts.ts'
import { parse } from 'csv-parse/sync'
import type { Upload } from '../../platform/http/uploads.ts'
import { withWait, wordsFor } from '../../platform/i18n/words.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { asked, foresee, invite, type Foreseen, type InvitationForm } from '../activation/index.ts'
import { answeredBefore, rememberAnswered } from '../../identity/flow/index.ts'

/** As many people as are invited with one list. */
export const mostPeople = 200

/** Characters of the whole list: it travels once more with the confirmation. */
const longest = 40_000

/** What a column may be called, in the head of the list. */
const columns: Record<string, keyof InvitationForm | 'birthDate'> = {
  naam: 'name',
  name: 'name',
  'e-mail': 'email',
  email: 'email',
  'e-mailadres': 'email',
  mail: 'email',
  organisatie: 'organisation',
  organisation: 'organisation',
  bedrijf: 'organisation',
  company: 'organisation',
  rol: 'role',
  role: 'role',
  gebruikersnaam: 'username',
  username: 'username',
  taal: 'language',
  language: 'language',
  geboortedatum: 'birthDate',
  birthdate: 'birthDate',
  'date of birth': 'birthDate',
}

/** What happens to a row: an account is made; one that waits gets a new link; it needs nothing; or something is wrong. */
export type Verdict = 'new' | 'again' | 'active' | 'wrong'

/** A row of the list: whom it names on which line, what happens, and what is wrong with it, in words. `text` is the row itself. */
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

/** The text of the file: UTF-8, or what spreadsheet programs of Western Europe write otherwise (windows-1252). */
export function textOf({ bytes }: Upload): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function formOf(record: Record<string, string>): InvitationForm {
  const [first = '', month = '', last = ''] = (record.birthDate ?? '').split(/[-/.]/)
  const [year, day] = first.length === 4 ? [first, last] : [last, first]
  const of = (name: string) => (record[name] ?? '').normalize('NFC').trim()
  return {
    name: of('name'),
    email: of('email'),
    username: of('username'),
    role: of('role'),
    organisation: of('organisation'),
    language: of('language'),
    'birthDate-day': day,
    'birthDate-month': month,
    'birthDate-year': year,
  }
}

interface Recorded {
  record: Record<string, string>
  raw: string
  info: { lines: number }
}

/** Every row with the line of the file it ends on and its own text; null for what is no CSV. */
function records(text: string): Recorded[] | null {
  const head = headOf(text)
  try {
    return parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
      raw: true,
      delimiter: [',', ';', '\t'].sort((a, b) => head.split(b).length - head.split(a).length)[0],
      columns: (names: string[]) => names.map((name) => columns[name.toLowerCase()] ?? false),
    }) as unknown as Recorded[]
  } catch {
    return null
  }
}

const headOf = (text: string) => text.split(/\r?\n/, 1)[0] ?? ''

/** Reads a list of people (CSV with a head) and judges every row as the form for one person would. Nothing is done yet. */
export async function readList(context: PersonContext, text: string): Promise<ReadList> {
  const found = records(text)
  if (!found) return nothing('staff.list.unreadable')
  if (!found.length) return nothing('staff.list.empty')
  if (!found.some(({ record }) => 'email' in record && 'name' in record)) return nothing('staff.list.columns')
  if (found.length > mostPeople || text.length > longest) return nothing('staff.list.tooMany')
  const forms = found.map(({ record }) => formOf(record))
  const foreseen = await foresee(context, forms)
  const seen = new Set<string>()
  const rows = foreseen.map((each, at): Row => {
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
  return { rows, forms, text, error: null }
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

/** An empty list to fill in, with the columns this firm asks: as spreadsheet programs of this country read it (RFC 4180 but for the semicolon). */
export function template(context: PersonContext): string {
  const { birthDate, role, organisation, username, language } = asked(context)
  const asks = { name: true, email: true, organisation, role, birthDate, username, language }
  const names = (Object.keys(asks) as (keyof typeof asks)[]).filter((name) => asks[name])
  return `\uFEFF${names.map((name) => context.t(`staff.list.head.${name}`)).join(';')}\r\n`
}
