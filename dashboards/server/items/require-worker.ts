import { Failure } from '../../../connectors/failure.ts'
import type { RouteContext } from '../route.ts'

/**
 * The account of who works on an item: a person, for their time is counted.
 * @throws business for a machine
 */
export function requirePerson({ caller }: RouteContext): string {
  if (caller.kind === 'person') return caller.account
  throw new Failure(
    'business',
    'not-allowed',
    'Only a person works on the worklist: sign in instead of using a token.',
  )
}
