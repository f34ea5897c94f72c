import type { FieldErrors } from '../../platform/http/answer.ts'
import { states, type SampleContext, type Samples } from '../../tenancy/samples.ts'
import { deviceWords } from '../../identity/sessions/index.ts'
import { answeredView, indexView, joinGoneView, joinView, unknownView, type QuestionShown } from './views.ts'

const agent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0'
const idle = { asks: false, question: null, wakes: false, push: null }
const asks = (purpose: string, more: Partial<QuestionShown> = {}) => ({
  data: ({ t, at }: SampleContext) => ({
    asks: true,
    push: null,
    wakes: false,
    question: {
      id: '00000000-0000-4000-8000-000000000001',
      purpose,
      choices: ['17', '52', '86'],
      network: '192.0.2.7',
      askedAt: at,
      device: deviceWords(t, agent),
      owner: null,
      ...more,
    },
  }),
})
const joining = (errors?: FieldErrors) => ({
  data: { action: '/approve/join/voorbeeld' },
  ...(errors && { errors }),
})

/** The pages of an approving device, in every state. */
export const samples: Samples = {
  ...states(indexView, {
    nothing: { data: idle },
    mayBeWoken: { data: { ...idle, push: 'BPublicKey' } },
    wakes: { data: { ...idle, push: 'BPublicKey', wakes: true } },
    added: { data: ({ t }) => ({ ...idle, notice: t('device-prompt.join.done') }) },
    signIn: asks('signInCode'),
    stepUp: asks('stepUpCode'),
    recovery: asks('resetCode'),
    severalAccounts: asks('signInCode', { owner: 'Sanne de Wit' }),
  }),
  ...states(unknownView, { first: { data: {} } }),
  ...states(answeredView, {
    approved: { data: { outcome: 'approved' } },
    refused: { data: { outcome: 'refused' } },
    late: { data: { outcome: 'late' } },
  }),
  ...states(joinView, {
    first: joining(),
    shape: joining({ number: { key: 'device-prompt.join.shape' } }),
    wrong: joining({ number: { key: 'device-prompt.join.wrong' } }),
  }),
  ...states(
    joinGoneView,
    Object.fromEntries(
      (['used', 'expired', 'replaced', 'closed', 'unknown'] as const).map((state) => [state, { data: { state } }]),
    ),
  ),
}
