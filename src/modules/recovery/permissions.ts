import { all, permission } from '../../tenancy/permission.ts'

/** Saying yes or no for who lost everything they sign in with. */
export const decideResets = permission('resets.decide', { staff: all, admin: all })

/** The same for the firm's own people, where it has administrators enough. */
export const decideOwnResets = permission('resets.decideOwn', { admin: all })
