import { checkType } from './addresses.ts'
import { unreadable } from './answer.ts'
import { mayBeInConditionAddress, readParameters, type SearchParameters } from './parameters.ts'
import { plan } from './plan.ts'
import type { Resource } from './resource.ts'
import { send, type Way } from './send.ts'
import { transaction } from './transaction.ts'
import { conditionPairs, readWritten, type Written } from './writes.ts'

/**
 * Replaces the one that matches, and creates it when none does (`PUT [type]?…`). An id in the resource must be that of
 * the match. A condition that may not stand in an address, such as an identifier of a patient, goes in a body: as a
 * transaction of this one change, which means the same.
 * @throws business `several-match` when more than one matches: nothing was changed
 */
export async function updateMatching(
  way: Way,
  resource: Resource,
  matching: SearchParameters,
): Promise<Written> {
  const type = checkType(resource.resourceType)
  if (!mayBeInConditionAddress(conditionPairs(matching))) return await inBody(way, resource, matching)
  const call = { resourceType: type, searchParams: readParameters(matching), body: resource }
  const options = { headers: { prefer: 'return=minimal' } }
  const request = await plan(way.base, (library) => library.update({ ...call, options }))
  const answer = await send(way, request, { writes: true, precondition: 'matching' })
  const meant = resource.id === undefined ? { type } : { type, id: resource.id }
  return readWritten(answer, meant, answer.status === 201 ? 'created' : 'updated', way.system)
}

async function inBody(way: Way, resource: Resource, matching: SearchParameters): Promise<Written> {
  const [written] = await transaction(way, [{ update: resource, matching }])
  if (written) return written
  throw unreadable('unsure', way.system)
}
