import { expressionBuilder, type Expression } from 'kysely'
import type { PlainKey, TextKey } from '../platform/i18n/texts.ts'
import type { View } from '../platform/views/view.ts'
import type { PersonContext } from './context.ts'
import type { Person } from './person.ts'

/**
 * What modules have for the home page. The page asks the database one statement, composed of what each part `asks`: an
 * expression of the owner's that gives one JSON value (moments come as texts in it), or null where it needs nothing.
 */
interface Part {
  /** Built once for everybody alike: hangs on nothing but the firm's choices and what `alike.ts` lets it read. */
  asks(context: PersonContext): Expression<unknown> | null
  /** What it reads by name (`from stuck`) and other parts may read too: looked up once. */
  shared?(context: PersonContext): Record<string, Expression<Record<string, unknown>>>
}

export type Kind = Person['kind']

/** A widget as pages show it: its frame, its view, where it fetches itself again, and what the view needs. `nothing`: it may be left out. */
export interface ShownWidget {
  name: string
  title: string
  picture: string
  view: string
  refresh: string | null
  nothing?: boolean
}

/** A corner of the home page. Its title is the text of its view's name: `<module>.widget-<name>.title`. */
export interface Widget extends Part {
  name: string
  /** `<module>/widget-<name>`, filled with its frame and what `data` gives. */
  view: View<never>
  /** The icon beside its title. */
  picture: string
  /** Where it stands for a kind of person unless the firm says otherwise, by `order` in the middle or at the side; for whom nothing is said, nowhere. */
  place: Partial<Record<Kind, { in: 'main' | 'side'; order: number }>>
  /** For whom a firm may choose it; everybody, unless said. */
  kinds?: readonly Kind[]
  /** Left out where it says nothing to this person, whatever the firm chose; without it, it is for everybody. */
  suits?(context: PersonContext): boolean
  /** What it tells can change while somebody looks: it fetches itself again from time to time. */
  refreshes?: true
  /** What its view shows, from what it asked. */
  data(context: PersonContext, row: never): object
}

/** The texts of a task: `<folder>.todo.<name>`. */
export type TaskKey = TextKey extends infer Key
  ? Key extends `${infer Folder}.todo.${infer Name}.title`
    ? `${Folder}.todo.${Name}`
    : never
  : never

/**
 * Something really open. Its words are texts under `key`: `.title`, `.text`, `.button`. `until` is the day from which it
 * is obligatory, `at` the moment it hangs on, `name` whom it is about. `href`: exactly where it is done; null where
 * nothing can be done here, left out where the button begins a flow.
 */
export interface Task {
  key: TaskKey
  until: string | null
  at?: Date | null
  href?: string | null
  count?: number
  name?: string
}

/** Where tasks come from; the lowest order on top. */
export interface TaskSource extends Part {
  name: string
  order: number
  tasks(context: PersonContext, row: never): Task[]
}

/** Something that happened since somebody's previous sign-in, in words. `exact`: the hour says something. */
export interface News {
  title: string
  text?: string
  href?: string | null
  at: Date | null
  exact?: boolean
}

/** Where news comes from; the lowest order on top. */
export interface NewsSource extends Part {
  name: string
  order: number
  news(context: PersonContext, row: never): News[]
  /** What is said where nothing is new; null: nothing. */
  none(context: PersonContext): string | null
  /** Where all of it stands. */
  all?: { text: PlainKey; href: string }
}

/** One of the portal's parts, in the bar at the top of every page. `below`: where one is in it, if that is more than `href`. */
export interface Tab {
  name: string
  order: number
  icon: string
  href: string
  below?: string
  suits?(context: PersonContext): boolean
}

/** What a part reads, from what it asks. */
export type Answered<Asks> = Asks extends (context: PersonContext) => Expression<infer Row> | null ? Row : never

/** Rows that a part has under `shared`, by their name: a source for its statement. */
export const sharedRows = <Row>(name: string) => expressionBuilder<Record<string, Row>>().selectFrom(name)

// What a part asks is what it reads: `Row` says so in one place, and the list of all parts needs no type of each.
type Reads<P, Row, Method extends keyof P> = Omit<P, Method | 'asks'> & {
  asks(context: PersonContext): Expression<Row> | null
} & { [M in Method]: (context: PersonContext, row: Row) => P[M] extends (...args: never) => infer R ? R : never }

/** Declares a widget whose part of the statement gives a `Row`, and whose view is filled with `Data` beside its frame. */
export const widget = <Row = null, Data extends object = object>(
  declared: Omit<Reads<Widget, Row, 'data'>, 'data' | 'view'> & {
    view: View<ShownWidget & Data>
    data(context: PersonContext, row: Row): Data
  },
): Widget => ({ ...declared, view: { name: declared.view.name } })
export const taskSource = <Row = null>(declared: Reads<TaskSource, Row, 'tasks'>): TaskSource => declared
export const newsSource = <Row = null>(declared: Reads<NewsSource, Row, 'news'>): NewsSource => declared

/** A moment as JSON of the database gives it. */
export const moment = (text: string | null): Date | null => (text ? new Date(text) : null)
