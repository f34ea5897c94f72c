import { parse } from 'csv-parse/sync'
import type { Upload } from '../../platform/http/uploads.ts'
import type { InvitationForm } from '../activation/index.ts'

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

/** The text of the file: UTF-8, or what spreadsheet programs of Western Europe write otherwise (windows-1252). */
export function textOf({ bytes }: Upload): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** A row as the form for one person would have it. */
export function formOf(record: Record<string, string>): InvitationForm {
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

/** A row by its columns, with its own text and the line of the file it ends on. */
export interface Recorded {
  record: Record<string, string>
  raw: string
  info: { lines: number }
}

/** Every row; null for what is no CSV. */
export function records(text: string): Recorded[] | null {
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
    }) as unknown as Recorded[] // its type does not know what `info` and `raw` add
  } catch {
    return null
  }
}

/** The first line: what the columns are called. */
export const headOf = (text: string) => text.split(/\r?\n/, 1)[0] ?? ''
