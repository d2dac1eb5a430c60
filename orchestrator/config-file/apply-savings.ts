import type { LedgerDatabase } from '../ledger/tables.ts'
import { addChain, endChain, readChains } from '../savings/chains.ts'
import { firstPricedDays } from '../savings/first-days.ts'
import { hospitalOf, refused } from '../savings/input-checks.ts'
import { expectVariants } from '../savings/known-variants.ts'
import { bookUpkeep } from '../savings/upkeep.ts'
import { applyEach, isSameEntry, notYetThere, type Applying } from './apply-entries.ts'
import type { ConfiguredHospital } from './config-schema.ts'
import { chainsOf, upkeepOf } from './export-config.ts'
import type { ConfigProblem } from './read-config.ts'

/** Makes the chains that are not there yet, and ends those of which the file says when. */
export async function putChains(
  tx: LedgerDatabase,
  { id: hospital, chains }: ConfiguredHospital,
  applying: Applying,
): Promise<readonly ConfigProblem[]> {
  const wanted = notYetThere(chains.map(inOrder), (await chainsOf(tx, hospital)).map(inOrder))
  const open = (await readChains(tx, hospital)).filter(({ validUntil }) => validUntil === null)
  return await applyEach(applying, 'chains', wanted, async (chain) => {
    if (!chain) return
    const { validUntil: until, ...rest } = chain
    const there = open.find(({ id: _id, hospital: _hospital, validUntil: _until, ...one }) =>
      isSameEntry(inOrder({ ...one, parts: [...one.parts] }), rest),
    )
    const id = there?.id ?? (await addChain(tx, applying, { hospital, ...rest }))
    if (!there) await expectVariants(tx, applying.bots, rest.parts, 'parts')
    if (until !== undefined) await endChain(tx, applying, { id, until, hospital })
  })
}

type Chain = ConfiguredHospital['chains'][number]

/** The order in which the parts of a chain are written says nothing. */
const inOrder = (chain: Chain): Chain => ({
  ...chain,
  parts: chain.parts.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)),
})

const nameOf = ({ deployment, variant }: Chain['parts'][number]): string => `${deployment} ${variant}`

/** A file of one hospital books nothing at another. @throws business under the field of the file */
async function expectHere(tx: LedgerDatabase, hospital: string, deployment: string): Promise<void> {
  if ((await hospitalOf(tx, deployment)) === hospital) return
  throw refused(
    'deployment',
    'not-found',
    `there is no deployment "${deployment}" at ${hospital}; correct it.`,
  )
}

/**
 * Books the hours that are not booked yet, and not those that were withdrawn: they are there, and stay withdrawn; the same
 * hours twice in a file are two bookings. A file that was exported years later tells hours of as long ago.
 */
export async function putUpkeep(
  tx: LedgerDatabase,
  { id, upkeep }: ConfiguredHospital,
  applying: Applying,
): Promise<readonly ConfigProblem[]> {
  const deployments = new Set(upkeep.map(({ deployment }) => deployment))
  const began = await firstPricedDays(tx, [...deployments])
  return await applyEach(
    applying,
    'upkeep',
    notYetThere(upkeep, await upkeepOf(tx, id, 'withdrawn-too')),
    async (hours) => {
      if (!hours) return
      await expectHere(tx, id, hours.deployment)
      await bookUpkeep(tx, applying, hours, began.get(hours.deployment))
    },
  )
}
