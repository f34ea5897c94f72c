import type { Translate } from '../../platform/texts.ts'

type Known = [name: string, mark: RegExp]

/** In this order: most browsers also name the ones they descend from. */
const browsers: Known[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\/|\bOpera\b/],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium)\//],
  ['Safari', /\bSafari\//],
]
const systems: Known[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Chromebook', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['Mac', /\bMacintosh\b|\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
]

const named = (known: Known[], agent: string) => known.find(([, mark]) => mark.test(agent))?.[0] ?? ''

/** Browser and system by name, as far as the user agent (RFC 9110 §10.1.5) tells: enough to know one's own. */
export function deviceOf(agent: string): { browser: string; system: string } {
  return { browser: named(browsers, agent), system: named(systems, agent) }
}

/** The same in words: "Firefox op Windows". */
export function deviceWords(t: Translate, agent: string): string {
  const { browser, system } = deviceOf(agent)
  return t('profile.device', {
    browser,
    system,
    known: browser ? (system ? 'both' : 'browser') : system ? 'system' : 'none',
  })
}
