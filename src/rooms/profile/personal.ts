import { again, page, type Answer, type Page } from '../../platform/answer.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { readName } from '../accounts/index.ts'
import { audit } from '../audit/index.ts'
import { speak } from '../portal/index.ts'
import { act } from './act.ts'

export const namePage = (visit: PersonVisit, name = visit.person.name): Page =>
  page('profile/name', { values: { name } })

/** Changes the name: how the firm addresses somebody, nothing that signs in. */
export async function changeName(visit: PersonVisit, typed: string): Promise<Answer> {
  const read = readName(typed)
  if (!read.ok)
    return again(namePage(visit, typed), {
      name: { key: read.key === 'accounts.name.empty' ? 'profile.name.empty' : read.key, params: read.params },
    })
  const { name } = read
  return act(
    visit,
    { to: '/profile', notice: 'profile.done.name', shown: (inner) => namePage(inner, name) },
    async (inner) => {
      await inner.query('update account set name = ? where id = ?', [name, inner.person.id])
      await audit(inner, 'account.name')
      return null
    },
  )
}

export const languagePage = (visit: PersonVisit, language: string = visit.person.language): Page =>
  page('profile/language', { values: { language }, spoken: visit.policy.languages })

/** Changes the language of pages and mails. */
export async function changeLanguage(visit: PersonVisit, wanted: string): Promise<Answer> {
  const language = visit.policy.languages.find((each) => each === wanted)
  if (!language) return again(languagePage(visit, wanted), { language: { key: 'profile.language.none' } })
  return act(
    visit,
    { to: '/profile', notice: 'profile.done.language', shown: (inner) => languagePage(inner, wanted) },
    async (inner) => {
      await speak(inner, language)
      return null
    },
  )
}
