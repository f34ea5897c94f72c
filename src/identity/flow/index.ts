export { progressOnLink } from './begin.ts'
export { answeredBefore, rememberAnswered } from './answered.ts'
export { AnsweredForm, FlowProgress, Staged, StepMark } from './entities.ts'
export { howFar, typedValues } from './frame.ts'
export { current, isEnd, openStricter, putOff, stateHere, takeUp } from './here.ts'
export { fieldsOf, kindsOf, stepWords, type Kinds } from './kinds.ts'
export { loseFactors } from './lose-factors.ts'
export { choiceOf, mark, stepsAside, unmark } from './marks.ts'
export { pendingOf, pendingStep, type PendingFacts } from './pending.ts'
export { everything, position, type Facts } from './position.ts'
export { judge, prepare, proceed, type Reached, type Ready } from './proceed.ts'
export { stage, staged, unstage } from './staged.ts'
export { askedIn, beginFlow, previewOf, refreshed, stateOf, type FlowState } from './state.ts'
export {
  defineStep,
  done,
  mistake,
  ready,
  stay,
  text,
  type Closed,
  type Form,
  type Outcome,
  type Prepared,
  type Step,
  type StepForm,
} from './step.ts'
export { dropOnLinks, finishProgress, openFlow, openFlows, putFinished, readFacts, type OpenFlow } from './store.ts'
export { sweepFlows } from './sweep.ts'
export { flowRecords } from './records.ts'
