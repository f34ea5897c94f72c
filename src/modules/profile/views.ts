import { view } from '../../platform/views/view.ts'
import type { BackupPaper, Join, OwnApp, OwnDevice, OwnPasskey } from '../../identity/factors/index.ts'
import type { OwnComputer, OwnSession } from '../../identity/sessions/index.ts'
import type { LinkState } from '../../identity/tokens/index.ts'
import type { Language } from '../../tenancy/policy.ts'
import type { PasswordAsked } from '../onboarding/index.ts'
import type { Offered, Own } from './own.ts'
import type { RemovalState } from './removal.ts'

/** `twoSteps`: by a factor that was set up, only by a mailed code, or not at all. */
export interface Overview {
  own: Omit<Own, 'factors'> & { name: string; email: string; username: string | null; lastTwo: string | null }
  offered: Offered
  strong: boolean
  twoSteps: 'on' | 'mail' | 'off'
  sessions: number
  computers: number | null
  spoken: boolean
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

/** An app as it is listed: one without a name has the usual one. */
export type NamedApp = OwnApp & { name: string }
/** `offers`: the firm still lets people add some; `room`: there can be one more. */
export const appsView = view<{ apps: NamedApp[]; offers: boolean; most: number; room: boolean }>('profile/apps')
/** `replaces`: the name of the app that it takes the place of. */
export const appNewView = view<{
  replaces: string | null
  action: string
  key: string
  address: string
  picture: string
}>('profile/app-new')
export const appNameView = view<{ action: string }>('profile/app-name')
export const appRemoveView = view<RemovalState & { action: string; app: NamedApp }>('profile/app-remove')

/** `alone`: a passkey signs in without name and password. */
export const passkeysView = view<{ passkeys: OwnPasskey[]; most: number; room: boolean; alone: boolean }>(
  'profile/passkeys',
)
export const passkeyNewView = view<{ options: string }>('profile/passkey-new')
export const passkeyNameView = view<{ action: string }>('profile/passkey-name')
export const passkeyRemoveView = view<RemovalState & { action: string; passkey: OwnPasskey }>('profile/passkey-remove')

/** `push`: devices can be woken; `here`: the browser at hand is one of them. */
export interface Approvers {
  devices: OwnDevice[]
  most: number
  room: boolean
  push: boolean
  here: boolean
}
export const approversView = view<Approvers>('profile/approvers')
export const approverJoinView = view<{ join: Join; picture: string; look: string }>('profile/approver-join')
export const approverNameView = view<{ action: string }>('profile/approver-name')
export const approverRemoveView = view<RemovalState & { action: string; device: OwnDevice }>('profile/approver-remove')

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

/** What happened to the account, in words `profile.activity.<key>`. Where others sat is not told. */
export interface ActivityLine {
  at: Date
  key: string
  step: string
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
