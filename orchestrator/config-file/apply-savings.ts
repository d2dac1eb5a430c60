import type { LedgerDatabase } from '../ledger/tables.ts'
import { addChain, endChain } from '../savings/chains.ts'
import { bookUpkeep } from '../savings/upkeep.ts'
import { applyEach, notYetThere, type Applying } from './apply-entries.ts'
import type { ConfiguredHospital } from './config-schema.ts'
import { chainsOf, upkeepOf } from './export-config.ts'
import type { ConfigProblem } from './read-config.ts'

/** Makes the chains that are not there yet. */
export async function putChains(
  tx: LedgerDatabase,
  { id: hospital, chains }: ConfiguredHospital,
  applying: Applying,
): Promise<readonly ConfigProblem[]> {
  const wanted = notYetThere(chains.map(inOrder), (await chainsOf(tx, hospital)).map(inOrder))
  return await applyEach(applying, 'chains', wanted, async (chain) => {
    if (!chain) return
    const { validUntil: until, ...rest } = chain
    const id = await addChain(tx, applying, { hospital, ...rest })
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

/** Books the hours that are not booked yet; the same hours twice in a file are two bookings. */
export async function putUpkeep(
  tx: LedgerDatabase,
  { id, upkeep }: ConfiguredHospital,
  applying: Applying,
): Promise<readonly ConfigProblem[]> {
  return await applyEach(applying, 'upkeep', notYetThere(upkeep, await upkeepOf(tx, id)), async (hours) => {
    if (hours) await bookUpkeep(tx, applying, hours)
  })
}
