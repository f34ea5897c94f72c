import type { HTMLElement } from 'node-html-parser'

/** The words of a piece of page, as somebody reads them. */
export const text = (element: HTMLElement): string => element.text.replace(/\s+/g, ' ').trim()
