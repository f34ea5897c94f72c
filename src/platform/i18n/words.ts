import type { Language } from './texts.ts'

/** What a date or time on a page may come from. A plain date ("2026-11-12") has no zone and keeps its day. */
export type Moment = Date | Temporal.Instant | Temporal.PlainDate | string

export interface Words {
  /** "12 november 2026" */ date(moment: Moment): string
  /** "12 november 2026, 19.04 uur" */ dateTime(moment: Moment): string
  /** "19.04 uur" */ time(moment: Moment): string
  /** An ISO 8601 duration in words: "PT72H" is "72 uur". */ duration(iso: string): string
  /** A wait of so many seconds, as short as it may be said: "30 seconden", "12 minuten", "3 uur". */ wait(
    seconds: number,
  ): string
  /** From when, after so many seconds: "15.04 uur", with the day when that is another one. Never too early. */ moment(
    seconds: number,
    now: Temporal.Instant,
  ): string
  /** Euros: "€ 1.250,00". */ amount(euros: number): string
  number(value: number): string
}

const locales: Record<Language, string> = { nl: 'nl-NL', en: 'en-GB' }
const made = new Map<string, Words>()
const onlyDay = /^\d{4}-\d{2}-\d{2}$/

function zoned(moment: Exclude<Moment, Date>, zone: string): Temporal.ZonedDateTime {
  if (moment instanceof Temporal.PlainDate) return moment.toZonedDateTime(zone)
  if (typeof moment !== 'string') return moment.toZonedDateTimeISO(zone)
  return onlyDay.test(moment)
    ? Temporal.PlainDate.from(moment).toZonedDateTime(zone)
    : Temporal.Instant.from(moment).toZonedDateTimeISO(zone)
}

function make(language: Language, zone: string): Words {
  const locale = locales[language]
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone })
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
  const euros = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' })
  const numbers = new Intl.NumberFormat(locale)
  // Made once: `Temporal.Duration.toLocaleString` makes one each time.
  const durations = new Intl.DurationFormat(locale, { style: 'long' })
  const at = (moment: Moment) => (moment instanceof Date ? moment.getTime() : zoned(moment, zone).epochMilliseconds)
  const date = (moment: Moment) => days.format(at(moment))
  const time = (moment: Moment) =>
    language === 'nl' ? `${clock.format(at(moment)).replace(':', '.')} uur` : clock.format(at(moment))
  return {
    date,
    time,
    dateTime: (moment) => `${date(moment)}, ${time(moment)}`,
    duration: (iso) => durations.format(Temporal.Duration.from(iso)),
    wait: (seconds) =>
      durations.format(
        seconds < 90
          ? { seconds: Math.ceil(seconds) }
          : seconds < 5400
            ? { minutes: Math.ceil(seconds / 60) }
            : { hours: Math.ceil(seconds / 3600) },
      ),
    moment(seconds, now) {
      const from = now.toZonedDateTimeISO(zone)
      const then = from.add({ seconds: Math.ceil(seconds) }).round({ smallestUnit: 'minute', roundingMode: 'ceil' })
      return then.toPlainDate().equals(from.toPlainDate())
        ? time(then.toInstant())
        : `${date(then.toInstant())}, ${time(then.toInstant())}`
    },
    amount: (value) => euros.format(value),
    number: (value) => numbers.format(value),
  }
}

/** Dates, times, durations and amounts as people of this language write them, in this zone. Throws RangeError on what is no date. */
export function wordsFor(language: Language, zone: string): Words {
  const name = `${language} ${zone}`
  const known = made.get(name) ?? make(language, zone)
  made.set(name, known)
  return known
}

/** The parameters of a text about waiting, where they say for how many seconds: also as people say it, and from which moment. */
export function withWait(
  params: Record<string, unknown> | undefined,
  words: Words,
  now: Temporal.Instant,
): Record<string, unknown> {
  if (params?.seconds === undefined) return params ?? {}
  const seconds = Number(params.seconds)
  return { ...params, wait: words.wait(seconds), moment: words.moment(seconds, now) }
}
