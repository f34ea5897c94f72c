/** The contents of DATA: every entity, for MikroORM and the migrations. */
import { Attempt } from './platform/attempt.ts'
import { InstallationKey, MasterKey } from './platform/key-rows.ts'
import { OneTime } from './tenancy/one-time.ts'
import { OutboxDue, OutboxMessage } from './tenancy/outbox-message.ts'
import { PolicyVersion, TenantRow } from './tenancy/tenant.ts'
import { Account } from './rooms/accounts/account.ts'
import { SecretQuestion } from './rooms/accounts/secret-question.ts'
import { AuditLine } from './rooms/audit/line.ts'
import { DevMessage } from './rooms/dev/message.ts'
import { Approval, Approver } from './rooms/factors/approval/approver.ts'
import { Authenticator } from './rooms/factors/authenticator/authenticator.ts'
import { BackupCode } from './rooms/factors/backup-code/backup-code.ts'
import { Passkey } from './rooms/factors/passkey/passkey.ts'
import { Phone } from './rooms/factors/sms/phone.ts'
import { AnsweredForm, Run, Staged, StepMark } from './rooms/onboarding/run.ts'
import { Organisation } from './rooms/organisations/organisation.ts'
import { ResetProgress } from './rooms/recovery/progress.ts'
import { RecoveryRelease, RecoveryRequest } from './rooms/recovery/request.ts'
import { KnownBrowser, SignInAlarm } from './rooms/sessions/known-browser.ts'
import { FormDraft } from './rooms/sessions/form-draft.ts'
import { Session, TrustedComputer } from './rooms/sessions/session.ts'

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
