export { comingDay } from './coming-day.ts'
export {
  isAsked,
  isOverdue,
  missing,
  missingNow,
  standing,
  standingOf,
  type Missing,
  type Standing,
} from './missing.ts'
export { passwordRequirement } from './password.ts'
export { factorsHere, secondFactorRequirement } from './second-factor.ts'
