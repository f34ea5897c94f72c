import { notFound } from './platform/errors.ts'
import { see, type See } from './platform/answer.ts'
import type { Level, Visit } from './tenancy/visit.ts'
import { mayInvite } from './rooms/accounts/index.ts'
import { isFresh, recognise } from './rooms/sessions/index.ts'

/** Where somebody must go who is not far enough in for the page they asked. */
function ownPlace(visit: Visit, level: Level, method: string): See {
  if ((level === 'steppedUp' || level === 'enrolling') && visit.session?.level === 'signedIn') {
    // What was typed is not kept: back to the page the form stood on, never into the form's own address.
    visit.browser.keep('back', method === 'GET' && !visit.facts.part ? visit.facts.path : visit.facts.stoodOn ?? '/home')
    return see('/step-up')
  }
  if (visit.overdue) visit.browser.keep('notice', 'sign-in.stricter')
  if (visit.session?.level === 'onboarding') return see('/onboarding')
  if (visit.session?.level === 'secondStep') return see('/sign-in/code')
  if (method === 'GET' && !visit.facts.part) visit.browser.keep('back', visit.facts.path)
  return see('/sign-in')
}

const allowed: Record<Exclude<Level, 'house'>, (visit: Visit) => boolean | 'hidden'> = {
  public: () => true,
  enrolling: (visit) => visit.session?.level === 'onboarding' || (visit.session?.level === 'signedIn' && isFresh(visit)),
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
 * The one gate. Finds out who is here and whether that is enough for the route's level, on every request anew.
 * @returns null to go in, or where to go instead
 * @throws Refusal 404 for who is signed in but not allowed: the same answer as for an address that does not exist
 */
export async function admit(visit: Visit, level: Exclude<Level, 'house'>, method: string): Promise<See | null> {
  await recognise(visit)
  const verdict = allowed[level](visit)
  if (verdict === 'hidden') throw notFound()
  return verdict ? null : ownPlace(visit, level, method)
}
