export { answerStep, postStep, stepPage, type Answered, type Wizard } from './wizard.ts'
