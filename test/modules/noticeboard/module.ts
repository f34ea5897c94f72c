import { join } from 'node:path'
import type { Module } from '../../../src/tenancy/manifest.ts'
import { boardActions } from './audit-actions.ts'
import { newest, notesNews, readTask } from './home.ts'
import { mails } from './mails.ts'
import NotesTable from './migration.ts'
import { Note } from './note.ts'
import { boardNotices } from './notices.ts'
import { readNotes, writeNotes } from './permissions.ts'
import { boardPolicy } from './policy.ts'
import { noteRecords } from './records.ts'
import { routes } from './routes.ts'
import { notesOfPerson, ownNotes } from './sections.ts'
import { seed } from './seed.ts'
import { takeDown } from './store.ts'

/** Short notes of the firm to its clients. */
export const noticeboard: Module = {
  name: 'noticeboard',
  policy: [boardPolicy],
  permissions: [readNotes, writeNotes],
  entities: [Note],
  migrations: [{ name: '20261124-noticeboard', class: NotesTable }],
  mounts: [{ address: '/noticeboard', routes }],
  tabs: [{ name: 'notes', order: 30, icon: 'message-square', href: '/noticeboard' }],
  widgets: [newest],
  tasks: [readTask],
  news: [notesNews],
  sections: [notesOfPerson, ownNotes],
  mails,
  notices: Object.values(boardNotices),
  auditActions: Object.values(boardActions),
  jobs: [{ name: 'noticeboard', when: '17 4 * * *', atFirm: takeDown }],
  records: [noteRecords],
  seed,
  samples: () => import('./samples.ts'),
  views: join(import.meta.dirname, 'views'),
}
