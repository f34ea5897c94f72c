import { factorFactsSelect, usable, type FactorFacts } from '../../factors/index.ts'
import { moment, type Widget } from '../widget.ts'

interface Row { seen: string | null; factors: FactorFacts }

/** Who is signed in, in which language, when they were here before, and how they give their second step. */
export const mine: Widget<Row> = {
  picture: 'user',
  part: ({ person }) => ({
    sql: `select json_build_object('seen', a.previous_sign_in_at, 'factors', ${factorFactsSelect}) from account a where a.id = ?`,
    params: [person.id],
  }),
  data: ({ person, policy }, row) => ({
    signedInAs: person.name, email: person.email, username: person.username,
    seen: moment(row.seen), secondSteps: usable(policy, row.factors),
  }),
}
