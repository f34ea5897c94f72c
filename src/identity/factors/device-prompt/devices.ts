import { digest, randomToken } from '../../../platform/crypto/encryption.ts'
import type { PersonContext, Context } from '../../../tenancy/context.ts'
import { lockAccount } from '../../accounts/index.ts'
import { devicesBut, devicesBy, devicesOf, digestsOfOthers, insertDevice, useDevice } from './store.ts'

/** A device that answered nothing for so long is an approving one no more. */
const unused = 'P180D'
/** As many accounts as one browser can approve for. */
const mostAccounts = 4

const digests = (tokens: string[]) => tokens.slice(0, mostAccounts).map(digest)

/** An approving device as it finds itself: whose it is, and whether it can be woken. */
export interface DeviceHere {
  id: string
  accountId: string
  owner: string
  wakes: boolean
}

/** The approving devices that this browser is: one for each account it was added to. */
export async function devicesHere(context: Context): Promise<DeviceHere[]> {
  const { promptDevices } = context.browser
  if (!promptDevices.length) return []
  const rows = await devicesBy(context, digests(promptDevices), context.ago(unused))
  return rows.map(({ id, account_id: accountId, owner, wakes }) => ({ id, accountId, owner, wakes: Boolean(wakes) }))
}

/** The device that this browser is for an account; null when it is none. */
export const deviceHere = async (context: Context, accountId: string): Promise<DeviceHere | null> =>
  (await devicesHere(context)).find((device) => device.accountId === accountId) ?? null

/** The devices of an account that can answer a question asked in this browser: all but the one it is itself, and but those that came after `hadAt`. */
export const devicesElsewhere = (
  context: Context,
  accountId: string,
  hadAt?: Date,
): Promise<{ id: string; push: string | null }[]> =>
  devicesBut(context, accountId, { digests: digests(context.browser.promptDevices), since: context.ago(unused), hadAt })

/** Keeps the tokens a little longer: it is use that keeps a device alive. */
export function renewHere(context: Context, tokens = context.browser.promptDevices): void {
  context.browser.setPromptDevices(tokens.slice(-mostAccounts), context.from(unused).getTime() - context.at.getTime())
}

/**
 * Makes this browser an approving device of an account, in the caller's transaction; one that is it already gets a new token.
 * @returns whether it is a new one
 */
export async function addDeviceHere(context: Context, accountId: string, name: string): Promise<boolean> {
  await lockAccount(context, accountId)
  const before = await deviceHere(context, accountId)
  const token = randomToken()
  const others = await digestsOfOthers(context, digests(context.browser.promptDevices), accountId)
  if (before) await useDevice(context, before.id, digest(token))
  else await insertDevice(context, { account_id: accountId, name, digest: digest(token) })
  renewHere(context, [...context.browser.promptDevices.filter((each) => others.includes(digest(each))), token])
  return !before
}

/** An approving device of somebody. `asleep`: unused for too long, so that it has to be added again. */
export interface OwnDevice {
  id: string
  name: string
  since: Date
  usedAt: Date | null
  wakes: boolean
  here: boolean
  asleep: boolean
}

/** The approving devices of this person, the newest first. */
export async function ownDevices(context: PersonContext): Promise<OwnDevice[]> {
  const rows = await devicesOf(context, context.person.id, digests(context.browser.promptDevices))
  return rows.map(({ id, name, created_at: since, used_at: usedAt, wakes, here }) => ({
    id,
    name,
    since,
    usedAt,
    wakes: Boolean(wakes),
    here: Boolean(here),
    asleep: (usedAt ?? since) <= context.ago(unused),
  }))
}
