import { states, type Samples } from '../../../../tenancy/samples.ts'
import { on, picture, usual } from '../../sample-parts.ts'
import { devicePromptView } from '../../views.ts'

const devicePrompt = {
  optional: false,
  choice: false,
  there: false,
  join: null,
  picture,
  look: '/onboarding/approval-look',
}

export const samples: Samples = states(devicePromptView, {
  ...usual(on('devicePrompt', devicePrompt), { notYet: { '': { key: 'onboarding.device-prompt.notYet' } } }),
  picture: {
    data: on('devicePrompt', {
      ...devicePrompt,
      join: {
        link: 'https://portaal.voorbeeld.example/approve/join/hBq0cW3yKz8m1VtXoE5nJd7uRs2LfPaGi6TbYw9QkMx',
        number: '47',
        until: new Date('2026-11-12T18:19:00Z'),
      },
    }),
  },
  choice: { data: on('devicePrompt', { ...devicePrompt, choice: true, optional: true }) },
  there: { data: on('devicePrompt', { ...devicePrompt, there: true }) },
})
