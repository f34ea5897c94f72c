import type { Seed } from '../../tenancy/seed.ts'
import { invite } from './invite.ts'

/** Invites as the form does, so that the mail in the outbox is a real one. */
export const seed: Seed = {
  async invitation(context, { name, email, username, role, organisation, birthDate, language }) {
    const [year = '', month = '', day = ''] = birthDate?.split('-') ?? []
    const invited = await invite(context, {
      name,
      email,
      username: username ?? '',
      role: role ?? '',
      organisation: organisation ?? '',
      language: language ?? '',
      'birthDate-day': day,
      'birthDate-month': month,
      'birthDate-year': year,
    })
    if (!invited.ok)
      throw new Error(`${email} of ${context.tenant.slug} could not be invited: ${JSON.stringify(invited.errors)}`)
  },
}
