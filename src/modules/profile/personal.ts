import { text } from '../../platform/i18n/texts.ts'
import { again, page, type Answer, type Page } from '../../platform/http/answer.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { changeName as saveName, readName } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { speak } from '../home/index.ts'
import { act } from './act.ts'
import { languageView, nameView } from './views.ts'
import { profileActions } from './audit-actions.ts'

export const namePage = (context: PersonContext, name = context.person.name): Page =>
  page(nameView, { values: { name } })

/** Changes the name: how the firm addresses somebody, nothing that signs in. */
export async function changeName(context: PersonContext, typed: string): Promise<Answer> {
  const read = readName(typed)
  if (!read.ok)
    return again(namePage(context, typed), {
      name: text(read.key === 'accounts.name.empty' ? 'profile.name.empty' : read.key, read.params),
    })
  const { name } = read
  return act(
    context,
    { to: '/profile', notice: 'profile.done.name', shown: (inner) => namePage(inner, name) },
    async (inner) => {
      await saveName(inner, inner.person.id, name)
      await record(inner, profileActions.named)
      return null
    },
  )
}

export const languagePage = (context: PersonContext, language: string = context.person.language): Page =>
  page(languageView, { values: { language }, spoken: context.policy.languages })

/** Changes the language of pages and mails. */
export async function changeLanguage(context: PersonContext, wanted: string): Promise<Answer> {
  const language = context.policy.languages.find((each) => each === wanted)
  if (!language) return again(languagePage(context, wanted), { language: { key: 'profile.language.none' } })
  return act(
    context,
    { to: '/profile', notice: 'profile.done.language', shown: (inner) => languagePage(inner, wanted) },
    async (inner) => {
      await speak(inner, language)
      return null
    },
  )
}
