export interface ConfigurationKey {
  readonly name: string
  readonly meaning: string
  /** In words where it is computed; null when there is none. */
  readonly standard: string | null
  readonly required: string
}

/** Every environment variable the product reads; the README's table is compared with this. */
export const configurationKeys = [
  key('NODE_ENV', 'production or development', 'development'),
  key('PORT', 'port to listen on', '3000'),
  key('HOST', 'address to listen on', '127.0.0.1; in production 0.0.0.0'),
  key(
    'BASE_URL',
    'public address without path; tenants live at <slug>.<its host>; https in production',
    'http://localhost:<PORT>',
    'in production',
  ),
  key(
    'DATABASE_URL',
    'PostgreSQL 15 or newer, as postgresql://user:password@host/name',
    'embedded PostgreSQL below DATA_DIR',
    'in production',
  ),
  key(
    'BACKUP_DATABASE_URL',
    'the same database for portal backup, by a role that may read behind row-level security, past any pooler',
    'DATABASE_URL; on the embedded PostgreSQL its own administrator',
  ),
  key('REDIS_URL', 'Redis for sessions, as redis://host:6379 or rediss://…', 'sessions in PostgreSQL'),
  key(
    'SMTP_URL',
    'mail server, as smtps://user:password@host or smtp://…; STARTTLS is demanded unless ?requireTLS=false',
    'mail is kept and shown on the development pages',
    'in production',
  ),
  key('MAIL_FROM', 'address that mail comes from', 'no-reply@<host of BASE_URL>', 'in production'),
  key(
    'SMS_URL',
    'SMS gateway, as https://host/path',
    'SMS is kept and shown on the development pages',
    'in production, where a firm offers SMS',
  ),
  key('SMS_PRESET', 'language of the gateway: kannel or json', 'kannel'),
  key('SMS_USER', 'user name at the gateway', null, 'with SMS_URL and kannel'),
  key('SMS_PASSWORD', 'password at the gateway', null, 'with SMS_URL and kannel'),
  key('SMS_FROM', 'sender of SMS: a number or up to 11 letters', null, 'with SMS_URL'),
  key(
    'VAPID_PUBLIC_KEY',
    'wakes approving devices (Web Push): public key, as npx web-push generate-vapid-keys gives it',
    'devices are not woken; their open page looks by itself',
  ),
  key('VAPID_PRIVATE_KEY', 'the private key that belongs to it', null, 'with VAPID_PUBLIC_KEY'),
  key(
    'VAPID_SUBJECT',
    'whom push services can reach about it, as mailto:… or https://…',
    null,
    'with VAPID_PUBLIC_KEY',
  ),
  key(
    'PUSH_SERVICES',
    'hosts that signals may go to, comma between; a * for any sub-domain',
    'those of Chrome, Firefox, Safari and Edge',
  ),
  key(
    'MASTER_KEY',
    'keys that wrap the keys of the tenants: id:base64 of 32 bytes, comma between; the first is current',
    'made at first start, kept in DATA_DIR/master.key',
    'in production',
  ),
  key(
    'SESSION_SECRET',
    'signs session cookies: at least 32 characters each, comma between; the first is current',
    'made at first start, kept in DATA_DIR/session.secret',
    'in production',
  ),
  key('DATA_DIR', 'folder for files, and for database and keys in development', '.data in the project'),
  key(
    'AUDIT_ANCHOR',
    "file that the end of each firm's log is appended to, outside the database; portal audit compares",
    'DATA_DIR/audit-anchor.jsonl',
  ),
  key('TRUSTED_PROXIES', 'exact IP addresses of proxies whose X-Forwarded headers are believed, comma between', 'none'),
  key(
    'BREACHED_PASSWORDS',
    'file with the SHA-1 of leaked passwords, sorted, a line each',
    'leaked passwords are not looked up, only common ones',
  ),
  key(
    'METRICS_PORT',
    'port at which /metrics tells how it goes (OpenMetrics), for monitoring only: no proxy should lead there',
    'no metrics',
  ),
  key('METRICS_HOST', 'address for METRICS_PORT', '127.0.0.1'),
  key('LOG_LEVEL', 'fatal, error, warn, info, debug, trace or silent', 'info'),
  key('TENANTS_DIR', 'folder with one folder per tenant', 'tenants in the project'),
] as const satisfies readonly ConfigurationKey[]

function key<const Name extends string>(name: Name, meaning: string, standard: string | null, required = 'never') {
  return { name, meaning, standard, required }
}
