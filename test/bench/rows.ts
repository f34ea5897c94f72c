import type { Row } from './measure.ts'
import { firstView } from './rows/first-view.ts'
import { hello } from './rows/hello.ts'
import { home } from './rows/home.ts'
import { onboardingStep } from './rows/onboarding-step.ts'
import { people } from './rows/people.ts'
import { search } from './rows/search.ts'
import { signInPage } from './rows/sign-in-page.ts'
import { signIns } from './rows/sign-ins.ts'
import { starts } from './rows/starts.ts'
import { storm } from './rows/storm.ts'

/** Every row of the table, in its order. */
export const rows: readonly Row[] = [
  hello,
  home,
  signInPage,
  onboardingStep,
  people,
  search,
  signIns,
  storm,
  starts,
  firstView,
]
