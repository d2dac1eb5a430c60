import { Failure } from '../../../connectors/failure.ts'
import { choosePassword, readAccount, takeUpAccount } from '../../../orchestrator/ledger/accounts.ts'
import { lookAtLink, takeLink, type OneTimeLink } from '../../../orchestrator/ledger/one-time-links.ts'
import { closeSessions } from '../../../orchestrator/ledger/sessions.ts'
import { recordSignIn } from '../../../orchestrator/ledger/sign-ins.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { hashPassword } from '../../../orchestrator/secrets/password.ts'
import type { z } from 'zod'
import type { DoorTools } from './door-tools.ts'
import type { LinkFound, UseLink } from './sign-in-schemas.ts'

/** The page that takes a link up. The key stands after the #, which browsers send to nobody: no log on the way has it. */
export const linkAddress = (origin: string, key: string): string => `${origin}/welcome#${key}`

/** What a link is for, without using it. @throws business `link-invalid` */
export async function describeLink(db: LedgerDatabase, key: string): Promise<z.input<typeof LinkFound>> {
  const link = await lookAtLink(db, key)
  const details = link && (await readAccount(db, link.account))
  if (!link || !details) throw invalidLink()
  const { account, name, language } = details
  return { account, name, language, purpose: link.purpose, needsPassword: givesWayIn(link) }
}

/**
 * Uses a link up: the account gets the password that came with it and is active from then on. With a new password all
 * its sessions end, and so does the tie to somebody at a sign-in service. Gives the account.
 * @throws business `link-invalid`, or `field-invalid` when a password must come with it
 */
export async function signInByLink(
  { db, from: address, recordWayIn }: Pick<DoorTools, 'db' | 'from' | 'recordWayIn'>,
  { token, password, name, language }: z.output<typeof UseLink>,
): Promise<string> {
  const found = await lookAtLink(db, token)
  if (!found) throw invalidLink()
  if (givesWayIn(found) && password === undefined)
    throw new Failure('business', 'field-invalid', 'Field password: is missing; choose one.')
  // Before the link is used up: hashing takes time, and a link is not to be lost when it fails.
  const hash = password === undefined || !givesWayIn(found) ? undefined : await hashPassword(password)
  const link = await takeLink(db, token)
  if (!link) throw invalidLink()
  const { account, purpose } = link
  await takeUpAccount(db, account, purpose === 'first-administrator' ? { name, language } : { language })
  if (hash !== undefined) {
    await choosePassword(db, account, hash)
    await closeSessions(db, account)
    await recordWayIn(account, 'password')
  }
  await recordSignIn(db, { account, way: 'link', outcome: 'in', address })
  return account
}

/** Whether a link gives its account a new way in, in the place of what it had; the others let in just once. */
export const givesWayIn = ({ purpose }: OneTimeLink): boolean => purpose !== 'sign-in'

export const invalidLink = () =>
  new Failure('business', 'link-invalid', 'This link was used or has ended: ask for a new one.')
