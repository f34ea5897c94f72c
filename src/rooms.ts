/** The contents of SPACE: every door and its address. */
import type { Config } from './platform/config.ts'
import type { Route } from './tenancy/door.ts'
import { routes as accounts } from './rooms/accounts/routes.ts'
import { routes as activation } from './rooms/activation/routes.ts'
import { routes as approve } from './rooms/approve/routes.ts'
import { routes as dev } from './rooms/dev/routes.ts'
import { routes as onboarding } from './rooms/onboarding/routes.ts'
import { routes as portal } from './rooms/portal/routes.ts'
import { routes as profile } from './rooms/profile/routes.ts'
import { routes as recovery } from './rooms/recovery/routes.ts'
import { routes as signIn, signOut } from './rooms/sign-in/routes.ts'
import { routes as staff } from './rooms/staff/routes.ts'
import { routes as stepUp } from './rooms/step-up/routes.ts'

/** `aboutSigningIn`: people see and change there how they sign in, so every route asks a fresh step-up unless it says why not. */
export interface Door {
  address: string
  routes: Route[]
  aboutSigningIn?: true
}

/** What opens where. The development pages have no door in production. */
export function doors({ production }: Pick<Config, 'production'>): Door[] {
  return [
    { address: '', routes: portal },
    { address: '/sign-in', routes: signIn },
    { address: '/sign-out', routes: signOut },
    { address: '/activation', routes: activation },
    { address: '/onboarding', routes: onboarding, aboutSigningIn: true },
    { address: '/recovery', routes: recovery },
    { address: '/accounts', routes: accounts },
    { address: '/step-up', routes: stepUp },
    { address: '/profile', routes: profile, aboutSigningIn: true },
    { address: '/approve', routes: approve, aboutSigningIn: true },
    { address: '/staff', routes: staff },
    ...(production ? [] : [{ address: '/dev', routes: dev }]),
  ]
}

/** A route and its whole address. */
export interface Placed {
  at: string
  route: Route
}

/**
 * Every route at its address.
 * @throws Error for one that does not say who may come or what may be sent, or that would let a session somebody left open
 * see or change how they sign in: the start stops
 */
export function placed(all: Door[]): Placed[] {
  return all.flatMap(({ address, routes, aboutSigningIn }) =>
    routes.map((route) => {
      const at = `${address}${route.path}`.replace(/(.)\/$/, '$1')
      const name = `${route.method.toUpperCase()} ${at}`
      if (!route.level || !route.schema) throw new Error(`${name} has no level or no schema`)
      const stepsUp = route.level === 'steppedUp' || route.level === 'enrolling'
      if (aboutSigningIn && !stepsUp && !route.withoutStepUp)
        throw new Error(
          `${name}: make it "steppedUp" or "enrolling", or say with withoutStepUp why it shows and changes nothing about signing in`,
        )
      return { at, route }
    }),
  )
}
