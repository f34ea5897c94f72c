import { view } from '../../platform/views/view.ts'

/** Looks by itself whether the other device answered or is there; `go`: the page goes on. */
export const lookView = view<{ look: string; go: boolean }>('factors/part-look')
