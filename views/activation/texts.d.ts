// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'activation.activity.account.invited': object
    'activation.activity.invitation.requested': object
    'activation.activity.invitation.resent': object
    'activation.activity.invitation.withdrawn': object
    'activation.closed.next': object
    'activation.closed.text': { reason: string | number }
    'activation.closed.title': object
    'activation.confirm.button': object
    'activation.confirm.email': object
    'activation.confirm.hint': object
    'activation.confirm.text': object
    'activation.confirm.title': object
    'activation.confirm.wrong': object
    'activation.gone.alreadyActive': object
    'activation.gone.new': object
    'activation.gone.signIn': object
    'activation.gone.text': { state: string | number }
    'activation.gone.title': { state: string | number }
    'activation.new-sent.back': object
    'activation.new-sent.help': object
    'activation.new-sent.text': object
    'activation.new-sent.title': object
    'activation.new.back': object
    'activation.new.button': object
    'activation.new.empty': object
    'activation.new.hint': object
    'activation.new.identifier': object
    'activation.new.text': object
    'activation.new.title': object
    'activation.other-person.button': object
    'activation.other-person.stay': { name: string | number }
    'activation.other-person.text': { name: string | number }
    'activation.other-person.title': { name: string | number }
    'activation.todo.expiring.button': object
    'activation.todo.expiring.text': { when: string | number }
    'activation.todo.expiring.title': { name: string | number }
    'activation.todo.moreExpiring.button': object
    'activation.todo.moreExpiring.text': object
    'activation.todo.moreExpiring.title': { count: number }
  }
}
