/** The contents of SPACE: every route and its address. */
import type { Config } from './platform/config/config.ts'
import type { Route } from './tenancy/route.ts'
import { routes as accounts } from './modules/password-rules/routes.ts'
import { routes as activation } from './modules/activation/routes.ts'
import { routes as approve } from './modules/device-prompt/routes.ts'
import { routes as dev } from './modules/development/routes.ts'
import { routes as onboarding } from './modules/onboarding/routes.ts'
import { routes as portal } from './modules/home/routes.ts'
import { routes as profile } from './modules/profile/routes.ts'
import { routes as recovery } from './modules/recovery/routes.ts'
import { routes as signIn, signOut } from './modules/sign-in/routes.ts'
import { routes as staff } from './modules/staff/routes.ts'
import { routes as stepUp } from './modules/step-up/routes.ts'

/** `aboutSigningIn`: people see and change there how they sign in, so every route asks a fresh step-up unless it says why not. */
export interface Mount {
  address: string
  routes: Route[]
  aboutSigningIn?: true
}

/** What opens where. The development pages have no route in production. */
export function mounts({ production }: Pick<Config, 'production'>): Mount[] {
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
export function placed(all: Mount[]): Placed[] {
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
