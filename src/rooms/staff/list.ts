import { parse } from 'csv-parse/sync'
import type { FieldErrors } from '../../platform/answer.ts'
import type { Upload } from '../../platform/uploads.ts'
import { withWait, wordsFor } from '../../platform/words.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { invite, readInvitation, type InvitationForm } from '../activation/index.ts'
import { answeredBefore, rememberAnswered } from '../onboarding/index.ts'

/** As many people as are invited with one list. */
export const mostPeople = 200

/** Characters of the whole list: it travels once more with the confirmation. */
const longest = 40_000

/** What a column may be called, in the head of the list. */
const columns: Record<string, keyof InvitationForm | 'birthDate'> = {
  naam: 'name', name: 'name', 'e-mail': 'email', email: 'email', 'e-mailadres': 'email', mail: 'email',
  organisatie: 'organisation', organisation: 'organisation', bedrijf: 'organisation', company: 'organisation',
  rol: 'role', role: 'role', gebruikersnaam: 'username', username: 'username', taal: 'language', language: 'language',
  geboortedatum: 'birthDate', birthdate: 'birthDate', 'date of birth': 'birthDate',
}

/** A row of the list: whom it names, and what is wrong with it, in words. */
export interface Row { line: number; name: string; email: string; wrong: string[] }
/** What a list came to. `text` is the list itself, to be sent along with the confirmation. */
export interface ReadList { rows: Row[]; forms: InvitationForm[]; text: string; error: string | null }

const nothing = (error: string): ReadList => ({ rows: [], forms: [], text: '', error })

/** The text of the file: UTF-8, or what spreadsheet programs of Western Europe write otherwise (windows-1252). */
export function textOf({ bytes }: Upload): string {
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes) } catch { return new TextDecoder('windows-1252').decode(bytes) }
}

function formOf(record: Record<string, string>): InvitationForm {
  const [first = '', month = '', last = ''] = (record.birthDate ?? '').split(/[-/.]/)
  const [year, day] = first.length === 4 ? [first, last] : [last, first]
  const of = (name: string) => (record[name] ?? '').normalize('NFC').trim()
  return { name: of('name'), email: of('email'), username: of('username'), role: of('role'), organisation: of('organisation'), language: of('language'),
    'birthDate-day': day, 'birthDate-month': month, 'birthDate-year': year }
}

function records(text: string): Record<string, string>[] | null {
  const head = text.split(/\r?\n/, 1)[0] ?? ''
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true, delimiter: [',', ';', '\t'].sort((a, b) => head.split(b).length - head.split(a).length)[0] as string,
      columns: (names: string[]) => names.map((name) => columns[name.toLowerCase()] ?? false) })
  } catch { return null }
}

/** Reads a list of people (CSV with a head) and judges every row as the form for one person would. Nothing is done yet. */
export function readList(visit: PersonVisit, text: string): ReadList {
  const found = records(text)
  if (!found) return nothing('staff.list.unreadable')
  if (!found.length) return nothing('staff.list.empty')
  if (!found.some((each) => 'email' in each && 'name' in each)) return nothing('staff.list.columns')
  if (found.length > mostPeople || text.length > longest) return nothing('staff.list.tooMany')
  const forms = found.map(formOf)
  const seen = new Set<string>()
  const rows = forms.map((form, at): Row => {
    const read = readInvitation(visit, form)
    const errors: FieldErrors = read.ok ? {} : read.errors
    const twice = read.ok && seen.has(read.invitation.lookup)
    if (read.ok) seen.add(read.invitation.lookup)
    const wrong = [...Object.values(errors), ...(twice ? [{ key: 'staff.list.twice' }] : [])]
    return { line: at + 2, name: form.name, email: form.email, wrong: wrong.map(({ key, params }) => visit.t(key, params)) }
  })
  return { rows, forms, text, error: null }
}

/** What came of a list: the rows that were refused, with why, and how many go on the next day. */
export interface ListInvited { refused: Row[]; held: number }

/** Invites everybody on the list. Somebody who cannot be invited keeps nobody else back. */
export async function inviteList(visit: PersonVisit, { forms, rows }: ReadList): Promise<ListInvited> {
  const refused: Row[] = []
  let held = 0
  if (await answeredBefore(visit, visit.person.id)) return { refused, held }
  for (const [at, form] of forms.entries()) {
    const result = await invite(visit, form, { once: false })
    const row = rows[at]
    if (result.ok) held += result.held ? 1 : 0
    else if (row) refused.push({ ...row, wrong: Object.values(result.errors).map(({ key, params }) => visit.t(key, withWait(params, wordsFor(visit.language, visit.policy.zone), visit.now))) })
  }
  await rememberAnswered(visit, visit.person.id)
  return { refused, held }
}
