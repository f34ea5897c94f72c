import { states, type Samples } from '../../tenancy/samples.ts'
import type { AppCode } from './app-codes.ts'
import { steps } from './clock.ts'
import type { WhoCanSignIn } from './people.ts'
import { onPage } from './outbox.ts'
import { clockView, firmsView, outboxView, pagesView, type FirmShown } from './views.ts'

const at = new Date('2026-11-12T18:04:00Z')
const mail = onPage({
  id: '00000000-0000-4000-8000-000000000001',
  tenant: 'kantoor',
  kind: 'mail',
  to: 'sanne@voorbeeld.example',
  at,
  html: '<p>Welkom</p>',
  subject: 'Welkom',
  text: 'Welkom.\n\nActiveer uw account: http://localhost:3000/activation/voorbeeld',
})
const sms = onPage({
  id: '00000000-0000-4000-8000-000000000002',
  tenant: 'kantoor',
  kind: 'sms',
  to: '+31600000001',
  at,
  html: '',
  subject: '',
  text: 'Uw code is 123456',
})
const people: WhoCanSignIn[] = [
  {
    tenant: 'kantoor',
    name: 'Sanne de Wit',
    identifier: 'sanne@voorbeeld.example',
    email: 'sanne@voorbeeld.example',
    password: 'voorbeeld',
    kind: 'client',
    second: 'sms',
  },
  {
    tenant: 'kantoor',
    name: 'Ab Post',
    identifier: 'ab@voorbeeld.example',
    email: 'ab@voorbeeld.example',
    password: 'voorbeeld',
    kind: 'staff',
    second: 'authenticator',
  },
]
const appCode: AppCode = {
  tenant: 'kantoor',
  name: 'Ab Post',
  identifier: 'ab@voorbeeld.example',
  email: 'ab@voorbeeld.example',
  code: '123456',
  until: at,
}
const firm: FirmShown = {
  slug: 'kantoor',
  name: 'Kantoor Voorbeeld',
  href: 'http://kantoor.localhost:3000',
  mark: '/favicon.ico',
  identifier: 'email',
  people,
}

/** The developer's pages. */
export const samples: Samples = {
  ...states(firmsView, {
    firms: {
      layout: 'plain',
      data: {
        password: 'voorbeeld',
        languages: [],
        more: 0,
        firms: [firm, { ...firm, slug: 'leeg', name: 'Kantoor zonder mensen', people: [] }],
      },
    },
    many: { layout: 'plain', data: { password: 'voorbeeld', languages: [], more: 9950, firms: [firm] } },
  }),
  ...states(outboxView, {
    empty: { layout: 'plain', data: { most: 50, codes: [], messages: [] } },
    messages: {
      layout: 'plain',
      data: { most: 50, codes: [appCode], messages: [mail, sms] },
    },
  }),
  ...states(clockView, {
    first: { layout: 'plain', data: ({ at: now }) => ({ now, steps }) },
    wrong: {
      layout: 'plain',
      errors: { by: { key: 'development.clock.bad' } },
      data: ({ at: now }) => ({ now, steps, values: { by: 'morgen' } }),
    },
  }),
  ...states(pagesView, {
    contents: {
      layout: 'plain',
      data: {
        modules: [{ module: 'home', views: [{ view: 'home/home', states: [{ state: 'quiet', href: '/dev/pages' }] }] }],
      },
    },
  }),
}
