import { all, permission } from '../../../src/tenancy/permission.ts'

export const readNotes = permission('noticeboard.read', { client: all, staff: all, admin: all })
export const writeNotes = permission('noticeboard.write', { staff: all, admin: all })
