import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import type { Context } from '../../tenancy/context.ts'
import { requestNewLink } from './new-link.ts'
import { newView } from './views.ts'

/** Asking for a new link, for whose link is too old or lost. */
export const newLinkPage = (identifier = ''): Page => page(newView, { values: { identifier } })

/** The answer is the same for everybody; a mail goes only to who was invited and is not active yet. */
export async function askNewLink(context: Context, identifier: string): Promise<Answer> {
  if (!identifier) return again(newLinkPage(), { identifier: { key: 'activation.new.empty' } })
  await requestNewLink(context, identifier)
  return see('/activation/new/sent')
}
