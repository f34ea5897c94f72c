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

export interface Door { address: string; routes: Route[] }

/** What opens where. The development pages have no door in production. */
export function doors({ production }: Pick<Config, 'production'>): Door[] {
  return [
    { address: '', routes: portal },
    { address: '/sign-in', routes: signIn },
    { address: '/sign-out', routes: signOut },
    { address: '/activation', routes: activation },
    { address: '/onboarding', routes: onboarding },
    { address: '/recovery', routes: recovery },
    { address: '/accounts', routes: accounts },
    { address: '/step-up', routes: stepUp },
    { address: '/profile', routes: profile },
    { address: '/approve', routes: approve },
    { address: '/staff', routes: staff },
    ...(production ? [] : [{ address: '/dev', routes: dev }]),
  ]
}
