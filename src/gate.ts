import { see, type Answer } from './platform/answer.ts'
import { notFound, notFromHere } from './platform/errors.ts'
import type { FormOwner } from './platform/guard.ts'
import type { TypedForm } from './tenancy/reader.ts'
import type { Level, PersonVisit, Visit } from './tenancy/visit.ts'
import { mayInvite } from './rooms/accounts/index.ts'
import { formerSession, isFresh, keepDraft, recognise, takeDraft } from './rooms/sessions/index.ts'
import { signInPage } from './rooms/sign-in/index.ts'

/** A request as the gate sees it, beside who sends it. */
export interface Knock {
  method: string
  /** Whose form it is, by its token. */
  form: FormOwner
  /** What was typed into it, as far as that may be kept; looked at only when the form cannot be taken. */
  typed(): TypedForm | null
}

/** Nobody is signed in: a form is answered with 401 and the way in; what its owner typed waits behind it. */
async function signInFirst(visit: Visit, level: Level, knock: Knock): Promise<Answer> {
  const { form } = knock
  const typed = level === 'secondStep' ? null : knock.typed()
  const former =
    form.of === 'none' ? null : await formerSession(visit, form.of === 'former' ? form.digest : visit.browser.digest)
  // A form sent twice: the first of them went on under another id, which this browser has by now.
  if (form.of === 'this' && !former) return see('/sign-in')
  const draft = typed && former?.owner ? await keepDraft(visit, former.owner, typed) : 'nothing'
  if (typed) visit.browser.keep('back', typed.page)
  const notice = visit.overdue ? 'sign-in.stricter' : `sign-in.ended.${draft}`
  if (visit.facts.part) {
    visit.browser.keep('notice', `info:${notice}`)
    return { ...see('/sign-in'), status: 401 }
  }
  const shown = await signInPage(visit)
  return { ...shown, status: 401, data: { ...shown.data, notice: visit.t(notice), noticeKind: 'info' } }
}

/** To show once more who one is, and then back to the page: with what was typed, when it was a form. */
async function stepUpFirst(visit: PersonVisit, knock: Knock): Promise<Answer> {
  const typed = knock.method === 'GET' ? null : knock.typed()
  if (typed) await keepDraft(visit, visit.person.id, typed)
  visit.browser.keep(
    'back',
    knock.method === 'GET' && !visit.facts.part ? visit.facts.path : (typed?.page ?? visit.facts.stoodOn ?? '/home'),
  )
  return see('/step-up')
}

/** Where somebody must go who is not far enough in for the page they asked. */
async function ownPlace(visit: Visit, level: Level, knock: Knock): Promise<Answer> {
  if ((level === 'steppedUp' || level === 'enrolling') && visit.session?.level === 'signedIn')
    return stepUpFirst(visit as PersonVisit, knock)
  if (visit.session?.level === 'onboarding') return see('/onboarding')
  if (visit.session?.level === 'secondStep') return see('/sign-in/code')
  if (knock.method !== 'GET' && knock.method !== 'HEAD') return signInFirst(visit, level, knock)
  if (visit.overdue) visit.browser.keep('notice', 'info:sign-in.stricter')
  if (level === 'secondStep') visit.browser.keep('notice', 'info:sign-in.code.late')
  else if (knock.method === 'GET' && !visit.facts.part) visit.browser.keep('back', visit.facts.path)
  return see('/sign-in')
}

/**
 * A form that is not of this session does nothing. Of somebody who has to sign in, or has done so since in another
 * window, what they typed is kept; anybody else is told that the form is too old.
 * @throws Refusal 403
 */
async function notOfThisSession(visit: Visit, level: Level, knock: Knock): Promise<Answer> {
  if (level === 'public') throw notFromHere()
  if (!visit.session) return signInFirst(visit, level, knock)
  const typed = knock.typed()
  const former = knock.form.of === 'former' ? await formerSession(visit, knock.form.digest) : null
  const ofTheirs = visit.session.level === 'signedIn' && visit.person?.id === former?.owner
  if (!typed || !ofTheirs || !former?.owner || (await keepDraft(visit, former.owner, typed)) !== 'kept')
    throw notFromHere()
  return see(typed.page)
}

const allowed: Record<Exclude<Level, 'house'>, (visit: Visit) => boolean | 'hidden'> = {
  public: () => true,
  enrolling: (visit) =>
    visit.session?.level === 'onboarding' || (visit.session?.level === 'signedIn' && isFresh(visit)),
  secondStep: ({ session }) => session?.level === 'secondStep',
  signedIn: ({ session }) => session?.level === 'signedIn',
  steppedUp: (visit) => visit.session?.level === 'signedIn' && isFresh(visit),
  inviter: (visit) => visit.session?.level === 'signedIn' && (mayInvite(visit) || 'hidden'),
  staff: ({ session, person }) => session?.level === 'signedIn' && (person?.kind !== 'client' || 'hidden'),
  admin: ({ session, person }) => session?.level === 'signedIn' && (person?.kind === 'admin' || 'hidden'),
}

/** Who asked for something that went wrong, if they are signed in; null too when that cannot be found out now. */
export async function whoAsks(visit: Visit): Promise<Visit | null> {
  try {
    await recognise(visit)
  } catch {
    return null // what went wrong is told all the same
  }
  return visit.session?.level === 'signedIn' ? visit : null
}

/**
 * The one gate. Finds out who is here, whether that is enough for the route's level, and whether the form is of this
 * very session, on every request anew.
 * @returns null to go in, or what is answered instead
 * @throws Refusal 404 for who is signed in but not allowed: the same answer as for an address that does not exist;
 * 403 for a form that is nobody's
 */
export async function admit(visit: Visit, level: Exclude<Level, 'house'>, knock: Knock): Promise<Answer | null> {
  await recognise(visit)
  const verdict = allowed[level](visit)
  if (verdict === 'hidden') throw notFound()
  if (knock.form.of !== 'this') return notOfThisSession(visit, level, knock)
  return verdict ? null : ownPlace(visit, level, knock)
}

/** The page with what its reader had typed there before they had to show who they are; as it is for everybody else. */
export async function withDraft(visit: Visit, shown: Answer): Promise<Answer> {
  if (shown.kind !== 'page' || shown.status !== 200) return shown
  const fields = await takeDraft(visit)
  if (!fields) return shown
  const { values } = shown.data as { values?: object }
  return {
    ...shown,
    data: { ...shown.data, values: { ...values, ...fields }, notice: visit.t('shell.draft'), noticeKind: 'info' },
  }
}
