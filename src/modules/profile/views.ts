import { view } from '../../platform/views/view.ts'
import type { BackupPaper, Join, OwnAdd, OwnItem, OwnRow } from '../../identity/factors/index.ts'
import type { OwnComputer, OwnSession } from '../../identity/sessions/index.ts'
import type { LinkState } from '../../identity/tokens/index.ts'
import type { Language } from '../../tenancy/policy.ts'
import type { ShownSection } from '../../tenancy/section.ts'
import type { PasswordAsked } from '../../identity/passwords/index.ts'
import type { Own } from './own.ts'
import type { RemovalState } from './removal.ts'

/** `twoSteps`: by a factor that was set up, only by a mailed code, or not at all. */
export interface Overview {
  own: Pick<Own, 'passwordAt'> & { name: string; email: string; username: string | null }
  /** What they sign in with beside the password. */
  rows: OwnRow[]
  twoSteps: 'on' | 'mail' | 'off'
  sessions: number
  computers: number | null
  spoken: boolean
  /** What the modules show of them among their own details. */
  sections: ShownSection[]
}
export const overviewView = view<Overview>('profile/overview')
export const nameView = view('profile/name')
export const languageView = view<{ spoken: readonly Language[] }>('profile/language')
export const passwordView = view<PasswordAsked>('profile/password')

/** `now`: the address mails go to as long as the new one is not confirmed. */
export const emailView = view<{ now: string; lifetime: string }>('profile/email')
/** `next`: in so many seconds another mail can be asked; null: now. */
export const emailSentView = view<{ lifetime: string; next: number | null }>('profile/email-sent')
export const emailConfirmView = view<{ action: string; email: string | null }>('profile/email-confirm')
export const emailGoneView = view<{ state: LinkState['state'] | 'taken' }>('profile/email-gone')

export const phoneView = view<{ lastTwo: string | null; removable: boolean }>('profile/phone')
export const phoneCodeView = view<{ lastTwo: string; lifetime: string; next: number | null }>('profile/phone-code')
export const phoneRemoveView = view<RemovalState & { lastTwo: string }>('profile/phone-remove')

/** `words`: the texts of the list; `alone`: a passkey signs in without name and password. */
export interface OwnListData {
  words: string
  address: string
  anchor: string
  picture: string
  most: number
  items: OwnItem[]
  acts: string[]
  /** The firm still lets people add some. */
  offers: boolean
  adds: OwnAdd[]
  alone: boolean
}
export const ownListView = view<OwnListData>('profile/own-list')
export const ownNameView = view<{ words: string; list: string; address: string; action: string }>('profile/own-name')
export interface OwnRemoval extends RemovalState {
  words: string
  one: string
  list: string
  address: string
  action: string
  item: OwnItem
}
export const ownRemoveView = view<OwnRemoval>('profile/own-remove')

/** `replaces`: the name of the app that it takes the place of. */
export const appNewView = view<{
  replaces: string | null
  action: string
  key: string
  address: string
  picture: string
}>('profile/app-new')
export const passkeyNewView = view<{ options: string }>('profile/passkey-new')
export const approverJoinView = view<{ join: Join; picture: string; look: string }>('profile/approver-join')

/** `since`: when the one was made that the new one replaces; `nth`: which one is shown. */
export const backupCodeView = view<{
  paper: BackupPaper
  code: string
  nth: number
  since: Date | null
  file: string
}>('profile/backup-code')

type Shown<Of> = Omit<Of, 'browser'> & { device: string }
export const sessionsView = view<{ sessions: Shown<OwnSession>[] }>('profile/sessions')
export const computersView = view<{ computers: Shown<OwnComputer>[] }>('profile/computers')

/** What happened to the account, in the words of whoever owns the action. Where others sat is not told. */
export interface ActivityLine {
  at: Date
  text: string
  refused: boolean
  mine: boolean
  device: string | null
  network: string | null
}
export const activityView = view<{ lines: ActivityLine[]; previous: string | null; next: string | null }>(
  'profile/activity',
)

export const notMeView = view<{ action: string }>('profile/not-me')
export const notMeDoneView = view('profile/not-me-done')
export const notMeGoneView = view<{ state: LinkState['state'] }>('profile/not-me-gone')
