export { answerStep, postStep, prepareStep, stepPage, type At, type Wizard } from './wizard.ts'
