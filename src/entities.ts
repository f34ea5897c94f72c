/** The contents of DATA: every entity, for MikroORM and the migrations. */
import { Attempt } from './platform/limits/attempt.ts'
import { InstallationKey, MasterKey } from './platform/crypto/key-entities.ts'
import { OneTime } from './identity/tokens/index.ts'
import { OutboxDue, OutboxMessage } from './tenancy/outbox-message.ts'
import { PolicyVersion, TenantRow } from './tenancy/tenant.ts'
import { Account } from './identity/accounts/account.ts'
import { SecretQuestion } from './identity/accounts/secret-question.ts'
import { AuditLine } from './identity/audit/line.ts'
import { DevMessage } from './modules/development/message.ts'
import { Approval, Approver } from './identity/factors/approval/approver.ts'
import { Authenticator } from './identity/factors/authenticator/authenticator.ts'
import { BackupCode } from './identity/factors/backup-code/backup-code.ts'
import { Passkey } from './identity/factors/passkey/passkey.ts'
import { Phone } from './identity/factors/sms/phone.ts'
import { AnsweredForm, Run, Staged, StepMark } from './modules/onboarding/run.ts'
import { Organisation } from './modules/organisations/organisation.ts'
import { ResetProgress } from './modules/recovery/progress.ts'
import { RecoveryRelease, RecoveryRequest } from './modules/recovery/request.ts'
import { KnownBrowser, SignInAlarm } from './identity/sessions/known-browser.ts'
import { FormDraft } from './identity/sessions/form-draft.ts'
import { Session, TrustedComputer } from './identity/sessions/session.ts'

export const entities = [
  TenantRow,
  PolicyVersion,
  MasterKey,
  InstallationKey,
  Attempt,
  DevMessage,
  Account,
  SecretQuestion,
  Organisation,
  OneTime,
  Run,
  StepMark,
  AnsweredForm,
  Staged,
  Passkey,
  Authenticator,
  Approver,
  Approval,
  Phone,
  BackupCode,
  Session,
  TrustedComputer,
  FormDraft,
  AuditLine,
  OutboxMessage,
  OutboxDue,
  KnownBrowser,
  SignInAlarm,
  ResetProgress,
  RecoveryRequest,
  RecoveryRelease,
]
