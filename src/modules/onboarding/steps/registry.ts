import type { StepName } from '../../../tenancy/policy.ts'
import type { StepNature } from '../position.ts'
import type { Step } from '../step.ts'
import { approval } from './approval.ts'
import { authenticator } from './authenticator.ts'
import { backupCode } from './backup-code.ts'
import { birthDate } from './birth-date.ts'
import { chooseFactor } from './choose-factor.ts'
import { credentials } from './credentials.ts'
import { done } from './done.ts'
import { intro } from './intro.ts'
import { passkey } from './passkey.ts'
import { password } from './password.ts'
import { phone } from './phone.ts'
import { secretQuestion } from './secret-question.ts'
import { signIn } from './sign-in.ts'
import { stricter } from './stricter.ts'
import { together } from './together.ts'

/** Every kind of step there is: a new one is a file, a name in `policy.ts`, a view and a line here. */
const registry: { [N in StepName]: Step<N> } = {
  birthDate,
  credentials,
  signIn,
  password,
  intro,
  chooseFactor,
  authenticator,
  passkey,
  approval,
  phone,
  backupCode,
  secretQuestion,
  together,
  stricter,
  done,
}

/** The kind of step by its name. */
export const stepOf = (name: StepName): Step<StepName> => registry[name] as unknown as Step<StepName>
/** What the position asks of a kind of step. */
export const nature = (name: StepName): StepNature => stepOf(name)
/** Every field any step may send; anything else in a form is refused. */
export const allFields = Object.assign({}, ...Object.values(registry).map((step) => step.fields)) as Record<
  string,
  import('zod').ZodType
>
