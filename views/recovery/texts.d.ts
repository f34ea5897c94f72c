// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'recovery.activity.password.reset': object
    'recovery.activity.recovery.cancelled': object
    'recovery.activity.recovery.done': object
    'recovery.activity.recovery.overtaken': object
    'recovery.activity.recovery.released': object
    'recovery.activity.recovery.requested': object
    'recovery.activity.recovery.unreadable': object
    'recovery.activity.reset.asked': object
    'recovery.activity.reset.question': object
    'recovery.activity.reset.secondStep': object
    'recovery.activity.reset.started': object
    'recovery.activity.reset.way': object
    'recovery.back': object
    'recovery.code.button': object
    'recovery.code.lost': { factor: string | number }
    'recovery.code.none': { factor: string | number }
    'recovery.code.other': object
    'recovery.code.send': { factor: string | number }
    'recovery.code.sent': object
    'recovery.code.text': { factor: string | number; sent: string | number; sentTo: string | number; phone: string | number }
    'recovery.code.title': { phone: string | number }
    'recovery.email.hint': object
    'recovery.email.label': object
    'recovery.email.stopHint': object
    'recovery.email.wrong': object
    'recovery.gone.new': object
    'recovery.gone.signIn': object
    'recovery.gone.text': { state: string | number }
    'recovery.gone.title': { state: string | number }
    'recovery.index.button': object
    'recovery.index.empty': object
    'recovery.index.hint': object
    'recovery.index.identifier': { by: string | number }
    'recovery.index.text': object
    'recovery.index.title': object
    'recovery.none.back': object
    'recovery.none.button': object
    'recovery.none.step.1': object
    'recovery.none.step.2': { waits: string | number; delay: string | number }
    'recovery.none.step.3': { phone: string | number }
    'recovery.none.text': object
    'recovery.none.title': object
    'recovery.number-code.title': object
    'recovery.other.back': object
    'recovery.other.label': object
    'recovery.other.nothing': object
    'recovery.other.title': object
    'recovery.password.text': object
    'recovery.password.title': object
    'recovery.question.button': object
    'recovery.question.empty': object
    'recovery.question.forgotten': object
    'recovery.question.hint': { left: string | number }
    'recovery.question.text': object
    'recovery.question.title': object
    'recovery.question.wrong': { left: string | number }
    'recovery.saved': object
    'recovery.sent.help': object
    'recovery.sent.text': object
    'recovery.sent.title': object
    'recovery.stop.button': object
    'recovery.stop.text': object
    'recovery.stop.title': object
    'recovery.stop.yours': object
    'recovery.stopped.next': object
    'recovery.stopped.text': object
    'recovery.stopped.title': object
    'recovery.stuck.button': object
    'recovery.stuck.text': object
    'recovery.stuck.title': object
    'recovery.todo.release.button': object
    'recovery.todo.release.text': { date: string | number }
    'recovery.todo.release.title': { name: string | number }
    'recovery.todo.requests.button': object
    'recovery.todo.requests.text': object
    'recovery.todo.requests.title': { count: number }
    'recovery.together.button': object
    'recovery.together.phoneHint': object
    'recovery.together.text': object
    'recovery.together.title': object
    'recovery.too-late.next': object
    'recovery.too-late.text': object
    'recovery.too-late.title': object
    'recovery.waiting.next': object
    'recovery.waiting.sooner': { waits: string | number }
    'recovery.waiting.text': { waits: string | number; delay: string | number }
    'recovery.waiting.title': object
  }
}
