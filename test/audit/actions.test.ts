import { expect, test } from 'vitest'
import { modules } from '../../src/modules.ts'
import { actionWords } from '../../src/identity/audit/index.ts'
import { languages, loadTexts } from '../../src/platform/i18n/texts.ts'
import { firmAction } from '../../src/tenancy/audit-action.ts'
import { allListed, compose } from '../../src/tenancy/compose.ts'
import { root } from '../architecture/sources.ts'

const composed = compose(modules)
const texts = loadTexts({ roots: [`${root}/views`] })
const actions = [...composed.auditActions.values()]

test.each(languages)(
  'every action people can read of has words in %s, also of lines that tell no facts',
  (language) => {
    const t = texts.translator(language)
    expect(actions.filter(({ text }) => text && !texts.has(language, text)).map(({ text }) => text)).toEqual([])
    expect(actions.filter(({ about, text }) => about === 'person' && !text)).toEqual([])
    const told = actions.flatMap(({ name, text }) => (text ? [actionWords(composed, t, { action: name })] : []))
    expect(told.filter((words) => /[{}]|undefined/.test(words))).toEqual([])
    expect(actionWords(composed, t, { action: 'of.an.earlier.release' })).toBe(t('accounts.activity.other'))
  },
)

test('there are no words for an action that nobody declares', () => {
  const known = actions.map(({ text }) => text)
  const own = ['profile', 'accounts'].flatMap((folder) =>
    ['title', 'text', 'what', 'when', 'where', 'refused', 'byFirm', 'none', 'other'].map(
      (key) => `${folder}.activity.${key}`,
    ),
  )
  const said = texts.keys('nl').filter((key) => /^[\w-]+\.activity\./.test(key))
  expect(said.filter((key) => !known.includes(key) && !own.includes(key))).toEqual([])
})

test('an action that no module lists stops the start; two of one name do too', () => {
  const forgotten = firmAction('forgotten.done')
  const more = { name: 'more', auditActions: [forgotten] }
  expect(() => allListed(composed)).toThrow('No module lists these actions under auditActions: forgotten.done')
  expect(() => allListed(compose([...modules, more]))).not.toThrow()
  expect(() => compose([...modules, more, { ...more, name: 'again' }])).toThrow('audit action "forgotten.done"')
})

/** As they stand in logs by now: a name that changes is an action of which old lines lose their words. */
const stored =
  'account.blocked account.invited account.language account.name account.notMe account.told account.unblocked activation.birthDate activation.birthDateTriesUsedUp approval.answered approval.asked approval.told approver.added approver.offered approver.removed approver.renamed authenticator.confirmed authenticator.removed authenticator.renamed backupCode.made computer.allDistrusted computer.distrusted credentials.mailed email.asked email.changed factor.unreadable invitation.requested invitation.resent invitation.withdrawn onboarding.finished onboarding.step passkey.added passkey.copied passkey.removed passkey.renamed password.changed password.chosen password.reset person.viewed phone.confirmed phone.removed recovery.cancelled recovery.done recovery.overtaken recovery.released recovery.requested recovery.unreadable reset.asked reset.question reset.secondStep reset.started reset.way secondFactor.switchedOff secretQuestion.set session.ended session.othersEnded signIn.alarm signIn.browserKnown signIn.done signIn.passkey signIn.password signIn.secondStep sms.usedUp stepUp terms.accepted'

test('actions keep the spelling they are stored with', () => {
  expect(stored.split(' ').filter((name) => !composed.auditActions.has(name))).toEqual([])
})
