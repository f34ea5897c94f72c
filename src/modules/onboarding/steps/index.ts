import type { StepKind } from '../../../tenancy/steps.ts'
import { devicePrompt } from './device-prompt/step.ts'
import { authenticator } from './authenticator/step.ts'
import { backupCode } from './backup-code/step.ts'
import { birthDate } from './birth-date/step.ts'
import { chooseFactor } from './choose-factor/step.ts'
import { credentials } from './credentials/step.ts'
import { done } from './done/step.ts'
import { intro } from './intro/step.ts'
import { passkey } from './passkey/step.ts'
import { password } from './password/step.ts'
import { phone } from './phone/step.ts'
import { secretQuestion } from './secret-question/step.ts'
import { signIn } from './sign-in/step.ts'
import { stricter } from './stricter/step.ts'
import { together } from './together/step.ts'

/** Every step an onboarding can be made of: a new one is a folder here, a view, and a line. */
export const steps: readonly StepKind[] = [
  birthDate,
  password,
  phone,
  secretQuestion,
  credentials,
  signIn,
  intro,
  chooseFactor,
  passkey,
  authenticator,
  devicePrompt,
  backupCode,
  together,
  stricter,
  done,
]
