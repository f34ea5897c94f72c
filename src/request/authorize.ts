import { see, type Answer } from '../platform/http/answer.ts'
import { notFound, notFromHere } from '../platform/http/errors.ts'
import type { FormOwner } from '../platform/http/form-token.ts'
import type { TypedForm } from '../tenancy/input.ts'
import type { Level, PersonContext, Context } from '../tenancy/context.ts'
import { allow } from '../identity/permissions/index.ts'
import type { Permission } from '../tenancy/permission.ts'
import { formerSession, isFresh, saveDraft, recognise, takeDraft } from '../identity/sessions/index.ts'
import { signInPage } from '../modules/sign-in/index.ts'

/** A level at a firm. */
type FirmLevel = Exclude<Level, 'installation'>

/** A request as authorization sees it, beside who sends it. */
export interface AccessAttempt {
  method: string
  /** Whose form it is, by its token. */
  form: FormOwner
  /** What was typed into it, as far as that may be kept; looked at only when the form cannot be taken. */
  typed(): TypedForm | null
}

/** Nobody is signed in: a form is answered with 401 and the way in; what its owner typed waits behind it. */
async function signInFirst(context: Context, level: Level, attempt: AccessAttempt): Promise<Answer> {
  const { form } = attempt
  const typed = level === 'secondStep' ? null : attempt.typed()
  const former =
    form.of === 'none'
      ? null
      : await formerSession(context, form.of === 'former' ? form.digest : context.browser.digest)
  // A form sent twice: the first of them went on under another id, which this browser has by now.
  if (form.of === 'this' && !former) return see('/sign-in')
  const draft = typed && former?.owner ? await saveDraft(context, former.owner, typed) : 'nothing'
  if (typed) context.browser.set('back', typed.page)
  const notice = context.overdue ? 'sign-in.stricter' : (`sign-in.ended.${draft}` as const)
  if (context.facts.part) {
    context.browser.flash(notice, 'info')
    return { ...see('/sign-in'), status: 401 }
  }
  const shown = await signInPage(context)
  return { ...shown, status: 401, data: { ...shown.data, notice: context.t(notice), noticeKind: 'info' } }
}

/** To show once more who one is, and then back to the page: with what was typed, when it was a form. */
async function stepUpFirst(context: PersonContext, attempt: AccessAttempt): Promise<Answer> {
  const typed = attempt.method === 'GET' ? null : attempt.typed()
  if (typed) await saveDraft(context, context.person.id, typed)
  context.browser.set(
    'back',
    attempt.method === 'GET' && !context.facts.part
      ? context.facts.path
      : (typed?.page ?? context.facts.stoodOn ?? '/home'),
  )
  return see('/step-up')
}

/** Where somebody must go who is not far enough in for the page they asked. */
async function ownPlace(context: Context, level: Level, attempt: AccessAttempt): Promise<Answer> {
  if ((level === 'steppedUp' || level === 'enrolling') && context.session?.level === 'signedIn')
    return stepUpFirst(context as PersonContext, attempt)
  if (context.session?.level === 'onboarding') return see('/onboarding')
  if (context.session?.level === 'secondStep') return see('/sign-in/code')
  if (attempt.method !== 'GET' && attempt.method !== 'HEAD') return signInFirst(context, level, attempt)
  if (context.overdue) context.browser.flash('sign-in.stricter', 'info')
  if (level === 'secondStep') context.browser.flash('sign-in.code.late', 'info')
  else if (attempt.method === 'GET' && !context.facts.part) context.browser.set('back', context.facts.path)
  return see('/sign-in')
}

/**
 * A form that is not of this session does nothing. Of somebody who has to sign in, or has done so since in another
 * window, what they typed is kept; anybody else is told that the form is too old.
 * @throws Refusal 403
 */
async function notOfThisSession(context: Context, level: Level, attempt: AccessAttempt): Promise<Answer> {
  if (level === 'public') throw notFromHere()
  if (!context.session) return signInFirst(context, level, attempt)
  const typed = attempt.typed()
  const former = attempt.form.of === 'former' ? await formerSession(context, attempt.form.digest) : null
  const ofTheirs = context.session.level === 'signedIn' && context.person?.id === former?.owner
  if (!typed || !ofTheirs || !former?.owner || (await saveDraft(context, former.owner, typed)) !== 'kept')
    throw notFromHere()
  return see(typed.page)
}

const farEnough: Record<FirmLevel, (context: Context) => boolean> = {
  public: () => true,
  enrolling: (context) =>
    context.session?.level === 'onboarding' || (context.session?.level === 'signedIn' && isFresh(context)),
  secondStep: ({ session }) => session?.level === 'secondStep',
  signedIn: ({ session }) => session?.level === 'signedIn',
  steppedUp: (context) => context.session?.level === 'signedIn' && isFresh(context),
}

/** Finds out who is here. Of a browser that has no session nothing is asked: it is nobody's. */
const identify = async (context: Context) => {
  if (context.browser.hasSession) await recognise(context)
}

/** Who asked for something that went wrong, if they are signed in; null too when that cannot be found out now. */
export async function whoAsks(context: Context): Promise<Context | null> {
  try {
    await identify(context)
  } catch {
    return null // what went wrong is told all the same
  }
  return context.session?.level === 'signedIn' ? context : null
}

/**
 * The one gate. Finds out who is here, whether that is enough for the route's level or permission, and whether the form
 * is of this very session, on every request anew.
 * @returns null to go in, or what is answered instead
 * @throws Refusal 404 for who is signed in but not allowed: the same answer as for an address that does not exist;
 * 403 for a form that is nobody's
 */
export async function authorize(
  context: Context,
  { level, permission }: { level: FirmLevel; permission?: Permission | undefined },
  attempt: AccessAttempt,
): Promise<Answer | null> {
  await identify(context)
  const verdict = farEnough[level](context)
  if (verdict && permission && !allow(context, permission)) throw notFound()
  if (attempt.form.of !== 'this') return notOfThisSession(context, level, attempt)
  return verdict ? null : ownPlace(context, level, attempt)
}

/** The page with what its reader had typed there before they had to show who they are; as it is for everybody else. */
export async function withDraft(context: Context, shown: Answer): Promise<Answer> {
  if (!context.person || shown.kind !== 'page' || shown.status !== 200) return shown
  const fields = await takeDraft(context)
  if (!fields) return shown
  const { values } = shown.data as { values?: object }
  return {
    ...shown,
    data: { ...shown.data, values: { ...values, ...fields }, notice: context.t('shell.draft'), noticeKind: 'info' },
  }
}
