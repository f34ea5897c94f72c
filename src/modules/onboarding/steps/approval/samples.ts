import { states, type Samples } from '../../../../tenancy/samples.ts'
import { on, picture, usual } from '../../sample-parts.ts'
import { approvalView } from '../../views.ts'

const approval = {
  optional: false,
  choice: false,
  there: false,
  join: null,
  picture,
  look: '/onboarding/approval-look',
}

export const samples: Samples = states(approvalView, {
  ...usual(on('approval', approval), { notYet: { '': { key: 'onboarding.approval.notYet' } } }),
  picture: {
    data: on('approval', {
      ...approval,
      join: {
        link: 'https://portaal.voorbeeld.example/approve/join/hBq0cW3yKz8m1VtXoE5nJd7uRs2LfPaGi6TbYw9QkMx',
        number: '47',
        until: new Date('2026-11-12T18:19:00Z'),
      },
    }),
  },
  choice: { data: on('approval', { ...approval, choice: true, optional: true }) },
  there: { data: on('approval', { ...approval, there: true }) },
})
