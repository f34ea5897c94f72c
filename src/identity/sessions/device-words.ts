import Bowser from 'bowser'
import type { Translate } from '../../platform/i18n/texts.ts'

/** What people call it, where that is not its full name. */
const shorter: Record<string, string> = {
  'Microsoft Edge': 'Edge',
  'Samsung Internet for Android': 'Samsung Internet',
  'Chrome OS': 'Chromebook',
  macOS: 'Mac',
}
/** An unknown browser would come with whatever name it gives itself: words of a stranger, on the page of who approves. */
const real = new Set([...Object.values(Bowser.BROWSER_MAP), ...Object.values(Bowser.OS_MAP)])
const named = (name = ''): string => (real.has(name) ? (shorter[name] ?? name) : '')

/** Browser and system by name, as far as the user agent (RFC 9110 §10.1.5) tells: enough to know one's own. '' where it does not. */
export function deviceOf(agent: string): { browser: string; system: string } {
  if (!agent) return { browser: '', system: '' }
  const { browser, os, platform } = Bowser.parse(agent)
  const apple = os.name === Bowser.OS_MAP.iOS ? platform.model : undefined
  return { browser: named(browser.name), system: apple ?? named(os.name) }
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
