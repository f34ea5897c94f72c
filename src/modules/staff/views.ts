import { view } from '../../platform/views/view.ts'
import type { ShownSection } from '../../tenancy/section.ts'
import type { Asked, Invitation } from '../activation/index.ts'
import type { RequestShown } from '../recovery/index.ts'
import type { Act } from './block.ts'
import type { Row } from './list.ts'
import type { Sort } from './people-store.ts'
import type { Filter } from './filters.ts'
import type { PeoplePage } from './people.ts'
import type { PersonInFull, PersonShown } from './person.ts'

/** The list and everything that stands in its address; `sorted`: the address of each order. */
export interface People extends PeoplePage {
  search: string
  show: Filter
  sort: Sort
  filters: readonly Filter[]
  sorted: Record<Sort, string>
  /**
   * How many addresses do not work, and how many who lost everything wait: where there are some, and somebody may know.
   */
  mailFails: number
  requests: number
  previous: string | null
  next: string | null
}
export const peopleView = view<People>('staff/people')

/** `again`: in so many seconds the invitation can go once more; `open`: it can still be withdrawn or sent. */
export type PersonPage = PersonInFull & {
  acts: Act[]
  staff: boolean
  action: string
  open: boolean
  again: number | null
  /** What the modules show of them among what the page itself does. */
  sections: ShownSection[]
}
export const personView = view<PersonPage>('staff/person')

/** What can be done to an account after a look at what follows: each has an address of its own below the person's. */
export type Checked = Act | 'withdrawal' | 'invitation'
export type LastLook = PersonShown & {
  act: Checked
  lifetime: string
  sessions: number
  action: string
  back: string
}
export const checkView = view<LastLook>('staff/check')

interface Choice {
  value: string
  text: string
}
/** `organisations` to choose from, where the inviter may; `own`: the one everybody is invited into. */
export interface NewPerson {
  asked: Asked
  roles: Choice[]
  roleOptional: boolean
  business: boolean
  spoken: Choice[]
  organisations: string[] | null
  own: string | null
}
export const newView = view<NewPerson>('staff/new')
/** `before`: they were invited already; `similar` organisations to a new one. */
export interface NewCheck {
  who: Omit<Invitation, 'lookup'>
  typed: { name: string }
  before: boolean
  newOrganisation: boolean
  similar: string[]
  asked: Asked
  lifetime: string
  held: Temporal.PlainDate | string | null
  role: string | null
}
export const newCheckView = view<NewCheck>('staff/new-check')

export const listView = view<{ most: number; asked: Omit<Asked, 'language'>; roles: string[] }>('staff/list')
/** `going`: as many get a mail; `left`: as many still can today. */
export interface ListCheck {
  rows: Row[]
  list: string
  of: Record<Row['verdict'], number>
  going: number
  left: number
  held: Temporal.PlainDate | string | null
}
export const listCheckView = view<ListCheck>('staff/list-check')
export const listLeftView = view<{ rows: Row[]; sent: number; held: number }>('staff/list-left')

export const resetsView = view<{ requests: RequestShown[] }>('staff/resets')
/** `last`: this is the second yes. */
export interface ResetCheck {
  request: RequestShown
  act: 'release' | 'refusal'
  name: string
  person: PersonShown
  last: boolean
}
export const resetCheckView = view<ResetCheck>('staff/reset-check')
