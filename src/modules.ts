import { identity } from './identity/module.ts'
import { activation } from './modules/activation/module.ts'
import { development } from './modules/development/module.ts'
import { devicePrompt } from './modules/device-prompt/module.ts'
import { home } from './modules/home/module.ts'
import { onboarding } from './modules/onboarding/module.ts'
import { organisations } from './modules/organisations/module.ts'
import { passwordRules } from './modules/password-rules/module.ts'
import { profile } from './modules/profile/module.ts'
import { recovery } from './modules/recovery/module.ts'
import { signIn } from './modules/sign-in/module.ts'
import { staff } from './modules/staff/module.ts'
import { stepUp } from './modules/step-up/module.ts'
import type { Module } from './tenancy/manifest.ts'
import { terms } from './modules/terms/module.ts'
import { tenancy } from './tenancy/module.ts'

/** THE list: every module, once. Routes, tables, jobs and the gallery follow from it. */
export const modules: readonly Module[] = [
  tenancy,
  identity,
  home,
  signIn,
  activation,
  onboarding,
  recovery,
  terms,
  passwordRules,
  stepUp,
  profile,
  devicePrompt,
  staff,
  organisations,
  development,
]
