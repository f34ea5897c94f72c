import { isIP } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { configurationKeys } from './keys.ts'
import { address, checkMasterKey, inProject, isOrigin, list, portNumber } from './values.ts'
import { keptMasterKey, keptSessionSecret, leastSecret } from './kept-secret.ts'
import { localService, pushServices, serviceShape, type PushConfig } from '../outbox/push-services.ts'

export { configurationKeys }

/** The settings. What is secret is a function, so that logging or printing this object never shows it. */
export interface Config {
  readonly production: boolean
  readonly port: number
  readonly host: string
  /** Origin without a slash at the end. */
  readonly baseUrl: string
  readonly databaseUrl: () => string | null
  readonly backupDatabaseUrl: () => string | null
  readonly redisUrl: () => string | null
  readonly smtpUrl: () => string | null
  readonly mailFrom: string
  readonly sms: SmsConfig | null
  readonly push: PushConfig | null
  /** Null when none was given and none is kept yet: whether one may be made only the database can tell. @throws ConfigError */
  readonly masterKey: () => string | null
  /** Makes a master key and keeps it in the data folder; the one another process made a moment ago, if any. */
  readonly makeMasterKey: () => string
  /** Where the master key stands or should stand, for messages. */
  readonly masterKeyPlace: string
  readonly sessionSecrets: () => string[]
  readonly dataDir: string
  readonly auditAnchor: string
  readonly trustedProxies: readonly string[]
  readonly breachedPasswords: string | null
  /** Where metrics are told; null where nobody asks for them. */
  readonly metrics: { port: number; host: string } | null
  readonly logLevel: string
  readonly tenantsDir: string
}

export interface SmsConfig {
  readonly preset: 'kannel' | 'json'
  readonly url: () => string
  readonly user: string
  readonly password: () => string
  readonly from: string
}

/** Something in the environment is missing or wrong; the message has one line per variable. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const schema = z.object({
  NODE_ENV: z.enum(['production', 'development'], 'set it to production or development').default('development'),
  PORT: portNumber.default(3000),
  HOST: z.string().optional(),
  BASE_URL: z
    .string()
    .refine(isOrigin, 'set it to an address without a path, such as https://portal.example')
    .transform((text) => new URL(text).origin)
    .optional(),
  DATABASE_URL: address('postgresql:', 'postgres:').optional(),
  BACKUP_DATABASE_URL: address('postgresql:', 'postgres:').optional(),
  REDIS_URL: address('redis:', 'rediss:').optional(),
  SMTP_URL: address('smtp:', 'smtps:').optional(),
  MAIL_FROM: z.email('set it to a mail address, such as no-reply@portal.example').optional(),
  SMS_URL: address('https:', 'http:').optional(),
  SMS_PRESET: z.enum(['kannel', 'json'], 'set it to kannel or json').default('kannel'),
  SMS_USER: z.string().default(''),
  SMS_PASSWORD: z.string().default(''),
  SMS_FROM: z
    .string()
    .regex(/^(\+?\d{3,15}|[A-Za-z0-9 ]{1,11})$/, 'set it to a number or to at most 11 letters and digits')
    .default(''),
  VAPID_PUBLIC_KEY: z
    .string()
    .regex(/^[\w-]{87}$/, 'set it to 65 bytes in base64url, such as npx web-push generate-vapid-keys gives')
    .optional(),
  VAPID_PRIVATE_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, 'set it to 32 bytes in base64url, such as npx web-push generate-vapid-keys gives')
    .optional(),
  VAPID_SUBJECT: z
    .string()
    .regex(/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/, 'set it to mailto: and a mail address, or to an https address')
    .optional(),
  PUSH_SERVICES: list
    .refine(
      (all) => all.every((each) => serviceShape.test(each)),
      'set it to host names with a comma between, such as push.example or *.push.example',
    )
    .default([...pushServices]),
  MASTER_KEY: z.string().superRefine(checkMasterKey).optional(),
  SESSION_SECRET: list
    .refine(
      (secrets) => secrets.length > 0 && secrets.every((each) => each.length >= leastSecret),
      'set it to at least 32 random characters; several with a comma between',
    )
    .optional(),
  DATA_DIR: z.string().default('.data').transform(inProject),
  AUDIT_ANCHOR: z.string().transform(inProject).optional(),
  TRUSTED_PROXIES: list
    .refine((all) => all.every(isIP), 'set it to exact IP addresses with a comma between, no ranges and no names')
    .default([]),
  BREACHED_PASSWORDS: z.string().optional(),
  METRICS_PORT: portNumber.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'set it to fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  TENANTS_DIR: z.string().default('tenants').transform(inProject),
} satisfies Record<(typeof configurationKeys)[number]['name'], z.ZodType>)

type Settings = z.infer<typeof schema>

/**
 * Reads the environment (main passes `process.env`); an empty variable counts as not set. In development a missing
 * session secret is made and kept in the data folder; a master key only when the database is known to need none.
 * @throws ConfigError listing everything that is missing or wrong
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(configurationKeys.map(({ name }) => [name, env[name]?.trim() || undefined]))
  const parsed = schema.safeParse(given)
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ name: String(issue.path[0]), what: issue.message }))
  const mistakes = [...wrong, ...missing(given).filter(({ name }) => !wrong.some((other) => other.name === name))]
  if (!parsed.success || mistakes.length > 0)
    throw new ConfigError(
      ['The configuration is not complete:', ...mistakes.map(({ name, what }) => `- ${name}: ${what}.`)].join('\n'),
    )
  return assemble(parsed.data)
}

/** What may be left out by itself, but not together with the rest. */
function missing(given: Record<string, string | undefined>): { name: string; what: string }[] {
  const mistakes: { name: string; what: string }[] = []
  const need = (name: string, what: string) => given[name] ?? mistakes.push({ name, what })
  if (given.NODE_ENV === 'production') {
    need('BASE_URL', 'set it to the public https address of the portal')
    if (given.BASE_URL?.startsWith('http:'))
      mistakes.push({ name: 'BASE_URL', what: 'set it to an https address; in production plain http is refused' })
    if (given.PUSH_SERVICES?.includes(localService))
      mistakes.push({ name: 'PUSH_SERVICES', what: 'set it to host names; in production plain http is refused' })
    need('DATABASE_URL', 'set it to your PostgreSQL server, as postgresql://user:password@host/name')
    need('SMTP_URL', 'set it to your mail server, as smtps://user:password@host')
    need('MAIL_FROM', 'set it to the address that mail comes from')
    need(
      'MASTER_KEY',
      'set it to an id, a colon and 32 random bytes in base64, such as the output of: echo "k1:$(openssl rand -base64 32)"',
    )
    need('SESSION_SECRET', 'set it to at least 32 random characters, such as the output of: openssl rand -hex 32')
  }
  if (given.SMS_URL) {
    need('SMS_FROM', 'set it to the number or name that SMS comes from, or leave SMS_URL empty')
    if ((given.SMS_PRESET ?? 'kannel') === 'kannel') {
      need('SMS_USER', 'set it to the user name at the SMS gateway')
      need('SMS_PASSWORD', 'set it to the password at the SMS gateway')
    }
  }
  if (given.VAPID_PUBLIC_KEY) {
    need('VAPID_PRIVATE_KEY', 'set it to the private key that belongs to VAPID_PUBLIC_KEY')
    need('VAPID_SUBJECT', 'set it to mailto: and a mail address, or to an https address')
  }
  return mistakes
}

function assemble(settings: Settings): Config {
  const production = settings.NODE_ENV === 'production'
  const baseUrl = settings.BASE_URL ?? `http://localhost:${settings.PORT}`
  const masterKey = keptMasterKey(settings.DATA_DIR)
  const sessionSecret = keptSessionSecret(settings.DATA_DIR)
  const sessionSecrets = settings.SESSION_SECRET ?? [inWords(() => sessionSecret.read() ?? sessionSecret.make())]
  return Object.freeze({
    production,
    port: settings.PORT,
    host: settings.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    baseUrl,
    databaseUrl: () => settings.DATABASE_URL ?? null,
    backupDatabaseUrl: () => settings.BACKUP_DATABASE_URL ?? null,
    redisUrl: () => settings.REDIS_URL ?? null,
    smtpUrl: () => settings.SMTP_URL ?? null,
    mailFrom: settings.MAIL_FROM ?? `no-reply@${new URL(baseUrl).hostname}`,
    sms: smsOf(settings),
    push: pushOf(settings),
    masterKey: () => settings.MASTER_KEY ?? inWords(masterKey.read),
    makeMasterKey: () => inWords(masterKey.make),
    masterKeyPlace: settings.MASTER_KEY ? 'MASTER_KEY' : masterKey.file,
    sessionSecrets: () => [...sessionSecrets],
    dataDir: settings.DATA_DIR,
    auditAnchor: settings.AUDIT_ANCHOR ?? path.join(settings.DATA_DIR, 'audit-anchor.jsonl'),
    trustedProxies: Object.freeze(settings.TRUSTED_PROXIES),
    breachedPasswords: settings.BREACHED_PASSWORDS ?? null,
    metrics: settings.METRICS_PORT ? { port: settings.METRICS_PORT, host: settings.METRICS_HOST } : null,
    logLevel: settings.LOG_LEVEL,
    tenantsDir: settings.TENANTS_DIR,
  })
}

function smsOf({
  SMS_URL: url,
  SMS_PRESET: preset,
  SMS_USER: user,
  SMS_PASSWORD: password,
  SMS_FROM: from,
}: Settings): SmsConfig | null {
  return url ? Object.freeze({ preset, url: () => url, user, password: () => password, from }) : null
}

function pushOf({
  VAPID_PUBLIC_KEY: publicKey,
  VAPID_PRIVATE_KEY: privateKey,
  VAPID_SUBJECT: subject,
  PUSH_SERVICES: services,
}: Settings): PushConfig | null {
  return publicKey && privateKey && subject
    ? Object.freeze({ publicKey, privateKey: () => privateKey, subject, services: Object.freeze(services) })
    : null
}

/** What goes wrong with a file of the data folder, in the words of the configuration. */
function inWords<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new ConfigError(code ? `DATA_DIR: set it to a folder that can be written (${message}).` : message, { cause })
  }
}
