import type { HTMLElement } from 'node-html-parser'

/** The words of a piece of page, as somebody reads them. */
export const text = (element: HTMLElement): string => element.text.replace(/\s+/g, ' ').trim()

/**
 * A page without what differs each time it is shown: values of fields, and the number of the request that an error
 * names.
 */
export const bare = (page: string): string =>
  page.replace(/value="[^"]*"/g, '').replace(/\b[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}(?![\w-])/g, '')
