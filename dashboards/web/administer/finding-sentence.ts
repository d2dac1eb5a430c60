import type { TextKey } from '../texts.ts'

/** What a try of a system may find right, with its words; what is wrong has those of its failure. */
const RIGHT: ReadonlyMap<string, TextKey> = new Map([
  ['signed-in', 'administer.finding.signedin'],
  ['connected', 'administer.finding.connected'],
  ['reachable', 'administer.finding.reachable'],
  ['version', 'administer.finding.version'],
  ['conditional-create', 'administer.finding.conditional'],
  ['transaction', 'administer.finding.transaction'],
  ['post-search', 'administer.finding.search'],
])

/** The words for what was found right; undefined for what is wrong, or not known here. */
export function rightWords({ code, right }: { readonly code: string; readonly right: boolean }) {
  return right ? RIGHT.get(code) : undefined
}
