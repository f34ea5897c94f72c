import { strongWaysOfOwn, type Occasion } from '../../identity/challenge/index.ts'
import { recoveryActions } from './audit-actions.ts'

/** Showing, beside the mailed link, who somebody is. */
export const occasion: Occasion = {
  purpose: 'resetCode',
  action: recoveryActions.secondStep,
  ways: strongWaysOfOwn,
}
