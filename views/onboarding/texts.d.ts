// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'onboarding.activity.account.told': object
    'onboarding.activity.activation.birthDate': object
    'onboarding.activity.activation.birthDateTriesUsedUp': object
    'onboarding.activity.credentials.mailed': object
    'onboarding.activity.onboarding.finished': object
    'onboarding.activity.onboarding.step': { done: string | number }
    'onboarding.activity.password.chosen': object
    'onboarding.activity.secretQuestion.set': object
    'onboarding.authenticator.button': object
    'onboarding.authenticator.cannot': object
    'onboarding.authenticator.choose': object
    'onboarding.authenticator.here': object
    'onboarding.authenticator.hint': object
    'onboarding.authenticator.key': object
    'onboarding.authenticator.label': object
    'onboarding.authenticator.picture': object
    'onboarding.authenticator.skip': object
    'onboarding.authenticator.step.code': object
    'onboarding.authenticator.step.open': object
    'onboarding.authenticator.step.scan': object
    'onboarding.authenticator.title': object
    'onboarding.backup-code.button': object
    'onboarding.backup-code.confirm': object
    'onboarding.backup-code.how': object
    'onboarding.backup-code.label': object
    'onboarding.backup-code.off': object
    'onboarding.backup-code.offHow': object
    'onboarding.backup-code.once': object
    'onboarding.backup-code.text': { again: string | number }
    'onboarding.backup-code.title': { again: string | number }
    'onboarding.backupCode.notSaved': object
    'onboarding.backupCode.switchedOff': object
    'onboarding.birth-date.button': object
    'onboarding.birth-date.hint': object
    'onboarding.birth-date.label': object
    'onboarding.birth-date.text': object
    'onboarding.birth-date.title': object
    'onboarding.birthDate.wrong': object
    'onboarding.choose-factor.button': object
    'onboarding.choose-factor.label': object
    'onboarding.choose-factor.text': object
    'onboarding.choose-factor.title': object
    'onboarding.chooseFactor.none': object
    'onboarding.code.sent': object
    'onboarding.code.wait': { seconds: number }
    'onboarding.device-prompt.next': object
    'onboarding.device-prompt.notYet': object
    'onboarding.device-prompt.show': object
    'onboarding.device-prompt.text': object
    'onboarding.device-prompt.there': object
    'onboarding.device-prompt.title': object
    'onboarding.done.button': { landing: string | number }
    'onboarding.done.signInNow': object
    'onboarding.done.strengthened': object
    'onboarding.done.text': { landing: string | number; strengthened: string | number }
    'onboarding.done.title': { strengthened: string | number; name: string | number }
    'onboarding.intro.appStore': object
    'onboarding.intro.apps': object
    'onboarding.intro.appsTitle': object
    'onboarding.intro.button': object
    'onboarding.intro.later': object
    'onboarding.intro.laterText': { days: number; until: string | number }
    'onboarding.intro.obligatory': { date: string | number }
    'onboarding.intro.playStore': object
    'onboarding.intro.step.1': object
    'onboarding.intro.step.2': object
    'onboarding.intro.step.3': object
    'onboarding.intro.step.backup': object
    'onboarding.intro.step.devicePrompt.1': object
    'onboarding.intro.step.passkey.1': object
    'onboarding.intro.step.phone.1': object
    'onboarding.intro.step.phone.2': object
    'onboarding.intro.step.several.1': { ways: string | number }
    'onboarding.intro.step.several.2': object
    'onboarding.intro.stepsTitle': object
    'onboarding.intro.text': { way: string | number }
    'onboarding.intro.title': object
    'onboarding.intro.way.authenticator': object
    'onboarding.intro.way.devicePrompt': object
    'onboarding.intro.way.mail': object
    'onboarding.intro.way.passkey': object
    'onboarding.intro.way.sms': object
    'onboarding.new-password.text': object
    'onboarding.new-password.title': object
    'onboarding.passkey.text': object
    'onboarding.passkey.title': object
    'onboarding.password.button': object
    'onboarding.password.buttonTells': object
    'onboarding.password.current': object
    'onboarding.password.currentEmpty': object
    'onboarding.password.currentHint': object
    'onboarding.password.currentWrong': object
    'onboarding.password.differs': object
    'onboarding.password.empty': object
    'onboarding.password.identifier': object
    'onboarding.password.new': object
    'onboarding.password.ownEmpty': object
    'onboarding.password.repeat': object
    'onboarding.password.repeatEmpty': object
    'onboarding.password.text': object
    'onboarding.password.title': object
    'onboarding.phone-code.button': object
    'onboarding.phone-code.change': object
    'onboarding.phone-code.hint': object
    'onboarding.phone-code.label': object
    'onboarding.phone-code.none': object
    'onboarding.phone-code.noneText': object
    'onboarding.phone-code.resend': object
    'onboarding.phone-code.text': { lastTwo: string | number; lifetime: string | number }
    'onboarding.phone-code.title': object
    'onboarding.phone.button': object
    'onboarding.phone.choose': object
    'onboarding.phone.gone': object
    'onboarding.phone.hint': object
    'onboarding.phone.label': object
    'onboarding.phone.skip': object
    'onboarding.phone.text': { use: string | number }
    'onboarding.phone.title': { use: string | number }
    'onboarding.secret-question.answer': object
    'onboarding.secret-question.answerHint': object
    'onboarding.secret-question.button': object
    'onboarding.secret-question.current': object
    'onboarding.secret-question.currentHint': object
    'onboarding.secret-question.question': object
    'onboarding.secret-question.questionHint': object
    'onboarding.secret-question.text': object
    'onboarding.secret-question.title': object
    'onboarding.secretQuestion.answerEmpty': object
    'onboarding.secretQuestion.answerInQuestion': object
    'onboarding.secretQuestion.answerShort': { least: number }
    'onboarding.secretQuestion.long': { most: number }
    'onboarding.secretQuestion.questionEmpty': object
    'onboarding.secretQuestion.questionShort': { least: number }
    'onboarding.sign-in.button': object
    'onboarding.sign-in.none': object
    'onboarding.sign-in.resend': object
    'onboarding.sign-in.text': { with: string | number }
    'onboarding.sign-in.title': { with: string | number }
    'onboarding.signIn.mailedAgain': object
    'onboarding.stale': object
    'onboarding.stricter.button': object
    'onboarding.stricter.days': { days: number; until: string | number }
    'onboarding.stricter.later': object
    'onboarding.stricter.password': object
    'onboarding.stricter.secondFactor': object
    'onboarding.stricter.short': object
    'onboarding.stricter.text': object
    'onboarding.stricter.title': object
    'onboarding.todo.finish.button': object
    'onboarding.todo.finish.text': { date: string | number }
    'onboarding.todo.finish.title': object
    'onboarding.todo.secondStep.button': object
    'onboarding.todo.secondStep.text': object
    'onboarding.todo.secondStep.title': object
    'onboarding.todo.stricter.button': object
    'onboarding.todo.stricter.text': object
    'onboarding.todo.stricter.title': object
    'onboarding.todo.strongerStep.button': object
    'onboarding.todo.strongerStep.text': object
    'onboarding.todo.strongerStep.title': object
    'onboarding.together.button': object
    'onboarding.together.text': object
    'onboarding.together.title': object
  }
}
