export { comingDay } from './coming-day.ts'
export {
  isAsked,
  isOverdue,
  missing,
  missingNow,
  requirementFacts,
  requirementFactsOf,
  type Missing,
  type RequirementFacts,
} from './missing.ts'
export { passwordRequirement } from './password.ts'
export { factorsHere, secondFactorRequirement } from './second-factor.ts'
