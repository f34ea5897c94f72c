import { type PlainKey, text } from '../../platform/i18n/texts.ts'
import { z } from 'zod'
import { again, page, see, type Answer, type FieldErrors, type Page } from '../../platform/http/answer.ts'
import { get, line, nothing, post, type Route } from '../../tenancy/route.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import {
  asked,
  foresee,
  scheduledFor,
  invite,
  quotaRefusal,
  type Foreseen,
  type InvitationForm,
  invitationPolicy,
} from '../activation/index.ts'
import { findOrganisation, organisationsToChoose, similarOrganisations } from '../organisations/index.ts'
import { newCheckView, newView } from './views.ts'
import { invitePeople } from '../../identity/accounts/index.ts'

const invitation = z.strictObject({
  name: line(),
  email: line(),
  username: line(),
  role: line(),
  organisation: line(),
  newOrganisation: line(),
  language: line(),
  'birthDate-day': line(),
  'birthDate-month': line(),
  'birthDate-year': line(),
})
/** The form as it was typed: an organisation is chosen, or named because it is new. */
type Typed = z.output<typeof invitation>

const formOf = ({ newOrganisation, ...form }: Typed): InvitationForm => ({
  ...form,
  organisation: newOrganisation || form.organisation,
})

/** The form for one person, empty or as it was typed. */
async function newPage(context: PersonContext, typed: Typed = invitation.parse({})): Promise<Page> {
  const { policy, language, person } = context
  const asks = asked(context)
  const roles = policy.roles.map(({ name, label }) => ({ value: name, text: label[language] }))
  const spoken = policy.languages.map((each) => ({ value: each, text: context.t(`shell.language.${each}`) }))
  return page(newView, {
    asked: asks,
    roles,
    roleOptional: !policy.of(invitationPolicy).rolesRequired,
    business: policy.of(invitationPolicy).businessMailOnly,
    spoken,
    organisations: asks.organisation ? await organisationsToChoose(context) : null,
    own: person.organisationId ? ((await findOrganisation(context, person.organisationId))?.name ?? null) : null,
    values: { ...typed, language: typed.language || (policy.languages[0] ?? 'nl') },
  })
}

/** What is wrong with the form: as every invitation is judged, and that the organisation was chosen in one way. */
async function judge(context: PersonContext, typed: Typed): Promise<Foreseen> {
  const wrong = (field: string, key: PlainKey): Foreseen => ({ ok: false, active: false, errors: { [field]: { key } } })
  if (typed.organisation && typed.newOrganisation) return wrong('newOrganisation', 'staff.invite.organisation-both')
  const [found] = await foresee(context, [formOf(typed)])
  if (found?.ok && found.newOrganisation && !typed.newOrganisation)
    return wrong('organisation', 'staff.invite.organisation-gone')
  const errors = found?.ok
    ? await quotaRefusal(context, { lookup: found.invitation.lookup, sends: scheduledFor(context) === null })
    : null
  return errors ? { ok: false, active: false, errors } : (found as Foreseen)
}

/** Nothing is wrong with the form: it was too much. */
const isWait = (errors: FieldErrors) => Object.values(errors).some(({ params }) => params && 'seconds' in params)

/** The form once more, with what is wrong. */
const refused = async (context: PersonContext, typed: Typed, errors: FieldErrors): Promise<Page> =>
  again(await newPage(context, typed), placed(errors, typed), isWait(errors) ? 429 : 422)

/** A mistake in a name that was typed stands at the field where it was typed. */
function placed({ organisation, ...errors }: FieldErrors, { newOrganisation }: Typed): FieldErrors {
  return organisation ? { ...errors, [newOrganisation ? 'newOrganisation' : 'organisation']: organisation } : errors
}

/** All that will be sent, to whom, and what follows. Nothing is done yet. */
async function check(context: PersonContext, typed: Typed): Promise<Answer> {
  const found = await judge(context, typed)
  if (!found.ok) return refused(context, typed, found.errors)
  const { policy, language } = context
  const { invitation: who, again: before, newOrganisation } = found
  const similar = newOrganisation && who.organisation ? await similarOrganisations(context, who.organisation) : []
  return page(newCheckView, {
    who,
    typed,
    before,
    newOrganisation,
    similar,
    asked: asked(context),
    lifetime: policy.links.activation,
    held: scheduledFor(context),
    role: policy.roles.find(({ name }) => name === who.role)?.label[language] ?? null,
  })
}

async function send(context: PersonContext, typed: Typed): Promise<Answer> {
  const invited = await invite(context, formOf(typed))
  if (!invited.ok) return refused(context, typed, invited.errors)
  context.browser.flash(
    text(
      scheduledFor(context) ? 'staff.notice.held' : invited.held ? 'staff.notice.tomorrow' : 'staff.notice.invited',
      {
        name: typed.name,
      },
    ),
  )
  return see('/staff/people')
}

/** Inviting one person: the form, a last look, and sending. */
export const newRoutes: Route[] = [
  get('/people/new', invitePeople, nothing, (context) => newPage(context)),
  post('/people/new', invitePeople, invitation, check),
  post('/people/new/change', invitePeople, invitation, newPage),
  post('/people/new/invitation', invitePeople, invitation, send),
]
