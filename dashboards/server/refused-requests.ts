import { Counter, type Registry } from 'prom-client'

/** What a caller is turned away for: unknown, without a right, or too often. */
const TURNED_AWAY: ReadonlySet<number> = new Set([401, 403, 429])

/** Since this process started, by the code of the answer. Who asked is not kept: nobody is known by an anonymous request. */
const refused = new Map<string, number>()

/** Counts an answer that turned somebody away; any other is none of it. */
export function countRefused(status: number, code: string): void {
  if (TURNED_AWAY.has(status)) refused.set(code, (refused.get(code) ?? 0) + 1)
}

/** Puts the counts among the metrics of this process: somebody who tries keys or passwords shows as a steep line. */
export function measureRefused(register: Registry): void {
  new Counter({
    name: 'ontregel_requests_refused_total',
    help: 'Requests that this process refused because nobody was signed in, for want of a right, or as too many, by code.',
    labelNames: ['code'],
    registers: [register],
    collect() {
      this.reset()
      for (const [code, count] of refused) this.inc({ code }, count)
    },
  })
}
