import type { FieldErrors } from '../../platform/http/answer.ts'

export const at = new Date('2026-11-12T18:04:00Z')
export const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
  'a browser nobody knows',
]
export const id = (nth: number) => `00000000-0000-4000-8000-00000000000${nth}`

/** A page inside the portal; with errors, the same page shown again. */
export const inside = <Data extends object>(data: Data, errors?: FieldErrors) => ({
  layout: 'portal' as const,
  data,
  ...(errors && { errors }),
})
