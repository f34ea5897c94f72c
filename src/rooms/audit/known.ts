/** Every act that has words of its own, `profile.activity.<action>`; any other is told as "something about your account". */
export const knownActions: readonly string[] = [
  'account.blocked', 'account.invited', 'account.name', 'account.language', 'account.notMe', 'account.told',
  'account.unblocked', 'activation.birthDate', 'approval.answered', 'approval.asked', 'approval.told',
  'approver.added', 'approver.offered', 'approver.removed', 'approver.renamed', 'authenticator.confirmed',
  'authenticator.removed', 'authenticator.renamed', 'backupCode.made', 'computer.allDistrusted',
  'computer.distrusted', 'credentials.mailed', 'email.asked', 'email.changed', 'factor.unreadable', 'invitation.requested',
  'invitation.resent', 'invitation.withdrawn', 'onboarding.finished', 'onboarding.step', 'password.changed',
  'password.chosen', 'password.reset', 'person.viewed', 'phone.confirmed', 'phone.removed', 'passkey.added',
  'passkey.copied', 'passkey.removed', 'passkey.renamed', 'recovery.cancelled', 'recovery.done', 'recovery.released',
  'recovery.requested', 'recovery.unreadable', 'reset.asked', 'reset.started', 'secondFactor.switchedOff', 'secretQuestion.set',
  'session.ended', 'session.othersEnded', 'signIn.alarm', 'signIn.browserKnown',
  'signIn.done', 'signIn.passkey', 'signIn.password', 'signIn.secondStep',
  'stepUp',
]
