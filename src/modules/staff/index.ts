export { stuckPeople } from './people.ts'
export { shown, type PersonRow, type PersonShown } from './person.ts'
