import { everywhere } from './page.ts'

/** The page looks by itself how it stands elsewhere; once there is an answer, its form goes as if the person had pressed. */
export function devicePrompts(): void {
  everywhere((root) => {
    if (root.querySelector('[data-go-on]')) root.querySelector('[data-waits]')?.closest('form')?.requestSubmit()
  })
}
