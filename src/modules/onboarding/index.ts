export { answerStep, arrive, stepPage, type Answered } from './engine.ts'
export { tellStricter } from './tell.ts'
export { closedView } from './views.ts'
export { secondStepPart, type SecondStep } from './second-step.ts'
