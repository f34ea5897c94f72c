import { isBound } from './bound.ts'
import { text, type Text, type TextKey, type Told } from '../../platform/i18n/texts.ts'
import type { FieldErrors } from '../../platform/http/answer.ts'
import type { Language, Policy } from '../../tenancy/policy.ts'
import type { Context } from '../../tenancy/context.ts'
import {
  defaultFreeMail,
  hasUsernames,
  isFreeMail,
  readDate,
  readEmail,
  readName,
  readUsername,
} from '../../identity/accounts/index.ts'
import { longestName } from '../organisations/index.ts'
import { invitationPolicy } from './policy.ts'

/** The form as it was typed. What the firm does not ask is left empty. */
export interface InvitationForm {
  name: string
  email: string
  username: string
  role: string
  organisation: string
  language: string
  'birthDate-day': string
  'birthDate-month': string
  'birthDate-year': string
}

/** Somebody to invite, read and judged. An empty user name is one still to be proposed; no organisation is none. */
export interface Invitation {
  name: string
  email: string
  lookup: string
  username: string | null
  birthDate: string | null
  role: string | null
  organisation: string | null
  language: Language
}

/** What this firm asks of somebody it invites. */
export interface Asked {
  birthDate: boolean
  username: boolean
  role: boolean
  organisation: boolean
  language: boolean
}

/** What the form asks: the firm's policy says it; a client invites into the own organisation and is not asked which. */
export function asked(context: Pick<Context, 'policy' | 'person'>): Asked {
  const { policy } = context
  return {
    birthDate: policy.features.includes('birthDate'),
    username: hasUsernames(policy),
    role: policy.roles.length > 0,
    organisation: !isBound(context),
    language: policy.languages.length > 1,
  }
}

type Read<T> = { value: T; error?: Text | undefined }
const wrong = <T, Key extends TextKey>(value: T, key: Key, ...params: Told<Key>): Read<T> => ({
  value,
  error: text(key, ...params),
})

function nameOf(text: string): Read<string> {
  const read = readName(text.replace(/\s+/g, ' '))
  if (read.ok) return { value: read.name }
  return wrong(text, read.key === 'accounts.name.empty' ? 'staff.invite.name-empty' : read.key, read.params)
}

function emailOf(text: string, policy: Policy): Read<{ address: string; lookup: string }> {
  const { businessMailOnly, freeMailDomains } = policy.of(invitationPolicy)
  const read = readEmail(text)
  if (!read.ok)
    return wrong(
      { address: '', lookup: '' },
      read.key === 'accounts.email.empty' ? 'staff.invite.email-empty' : read.key,
    )
  const free = businessMailOnly && isFreeMail(read.lookup, freeMailDomains ?? defaultFreeMail)
  return free ? wrong(read, 'staff.invite.email-free') : { value: read }
}

function usernameOf(text: string, asks: boolean): Read<string | null> {
  if (!asks || !text) return { value: null }
  const read = readUsername(text)
  return read.ok ? { value: read.username } : wrong(null, read.key, read.params)
}

function birthDateOf(form: InvitationForm, context: Context, asks: boolean): Read<string | null> {
  if (!asks) return { value: null }
  const today = context.now.toZonedDateTimeISO(context.policy.zone).toPlainDate()
  const read = readDate(form['birthDate-day'], form['birthDate-month'], form['birthDate-year'], today)
  if (read.ok) return { value: read.date.toString() }
  return wrong(null, read.key === 'accounts.date.empty' ? 'staff.invite.birth-date-empty' : read.key)
}

function roleOf(text: string, policy: Policy): Read<string | null> {
  if (policy.roles.some(({ name }) => name === text)) return { value: text }
  return text || policy.of(invitationPolicy).rolesRequired ? wrong(null, 'staff.invite.role') : { value: null }
}

function organisationOf(text: string, asks: boolean): Read<string | null> {
  if (!asks || !text) return { value: null }
  return text.length > longestName
    ? wrong(null, 'staff.invite.organisation-too-long', { maximum: longestName })
    : { value: text }
}

/** Reads the form after the firm's policy, everything that is wrong at once. The birth date comes out as ISO 8601. */
export function readInvitation(
  context: Context,
  form: InvitationForm,
): { ok: true; invitation: Invitation } | { ok: false; errors: FieldErrors } {
  const { policy } = context
  const asks = asked(context)
  const fields = {
    name: nameOf(form.name),
    email: emailOf(form.email, policy),
    organisation: organisationOf(form.organisation, asks.organisation),
    role: roleOf(form.role, policy),
    birthDate: birthDateOf(form, context, asks.birthDate),
    username: usernameOf(form.username, asks.username),
  }
  const errors = Object.fromEntries(
    Object.entries(fields).flatMap(([name, { error }]) => (error ? [[name, error]] : [])),
  )
  if (Object.keys(errors).length) return { ok: false, errors }
  const { name, email, username, birthDate, role, organisation } = fields
  const language = policy.languages.find((each) => each === form.language) ?? policy.languages[0] ?? 'nl'
  return {
    ok: true,
    invitation: {
      name: name.value,
      email: email.value.address,
      lookup: email.value.lookup,
      username: username.value,
      birthDate: birthDate.value,
      role: role.value,
      organisation: organisation.value,
      language,
    },
  }
}
