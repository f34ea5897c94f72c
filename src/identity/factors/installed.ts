import type { FactorKinds, FactorName } from '../../tenancy/factors.ts'
import type { Services } from '../../tenancy/services.ts'
import type { Factor } from './factor.ts'

/** Where the factors of an installation are known. */
export interface Installation {
  readonly services: { readonly modules: Pick<Services['modules'], 'factors'> }
}

/**
 * Every factor the modules bring. Tenancy hands them down knowing less of them; modules make them as `Factor`s only.
 */
export const factorsOf = ({ services }: Installation): FactorKinds<Factor> =>
  services.modules.factors as FactorKinds<Factor>

/** A factor by its name. @throws Error for one that nobody made */
export const factorOf = (at: Installation, name: FactorName): Factor => factorsOf(at).of(name)
