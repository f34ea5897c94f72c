export { arrive } from './arrive.ts'
export { onboardingWizard } from './wizard.ts'
export { tellStricter } from './tell.ts'
export { closedView } from './views.ts'
