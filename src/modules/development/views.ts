import { view } from '../../platform/views/view.ts'
import type { Policy } from '../../tenancy/policy.ts'
import type { AppCode } from './app-codes.ts'
import type { WhoCanSignIn } from './people.ts'

/** A firm, where it lives, and who can sign in there. */
export interface FirmShown {
  slug: string
  name: string
  href: string
  mark: string
  identifier: Policy['signIn']['identifier']
  people: WhoCanSignIn[]
}
export const firmsView = view<{ firms: FirmShown[]; more: number; password: string; languages: string[] }>(
  'development/firms',
)

/** A stretch of a text; with `href` it is an address to follow. */
export interface Stretch {
  text: string
  href: string | null
}
/** A message that went out; `preview` is the address of its HTML. */
export interface MessageShown {
  id: string
  tenant: string
  kind: string
  to: string
  subject: string
  at: Date
  lines: Stretch[][]
  preview: string | null
}
export const outboxView = view<{ most: number; codes: AppCode[]; messages: MessageShown[] }>('development/outbox')

export const clockView = view<{ now: Temporal.Instant | Date; steps: string[] }>('development/clock')

/** The gallery's contents: per module, per view, the states with their addresses. */
export const pagesView = view<{
  modules: { module: string; views: { view: string; states: { state: string; href: string }[] }[] }[]
}>('development/pages')
