export { saveMessage } from './store.ts'
export { loadPeople, password, whoCanSignIn, type WhoCanSignIn } from './people.ts'
export { welcome } from './welcome.ts'
