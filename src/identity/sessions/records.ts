import { rowsOf, type RecordKind } from '../../tenancy/records.ts'
import { KnownBrowser } from './browser-entities.ts'
import { Session, TrustedComputer } from './session.ts'

/** What is kept of where somebody signs in. */
export const sessionRecords: readonly RecordKind[] = [
  rowsOf(Session, 'portal_session', {
    name: 'sessions',
    starts: 'made',
    shows: ['started_at', 'last_seen_at', 'ends_at', 'revoked_at', 'browser', 'network'],
    order: 'started_at',
  }),
  rowsOf(TrustedComputer, 'trusted_computer', {
    name: 'computers',
    starts: 'made',
    shows: ['created_at', 'expires_at', 'revoked_at', 'browser'],
    order: 'created_at',
  }),
  rowsOf(KnownBrowser, 'known_browser', {
    name: 'browsers',
    starts: 'made',
    shows: ['created_at', 'seen_at'],
    order: 'created_at',
  }),
]
