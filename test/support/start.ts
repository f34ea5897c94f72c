/**
 * The moment every test installation opens at: a Friday morning in winter time. Nothing makes it go on but the test.
 */
export const start = '2026-11-20T10:00:00Z'
