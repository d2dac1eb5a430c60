import type { Page as TablePage } from '../../../dashboards/web/page.ts'
import type { Role } from '../../../orchestrator/ledger/roles.ts'
import type { SeededExamples } from './seed-pages.ts'

/** The address of a page of the table at the seeded hospital. Fails for a part that has no example. */
export function addressOf({ path, example = {} }: TablePage, seeded: SeededExamples): string {
  return path.replaceAll(/\$(\w+)/g, (_, name: string) => {
    if (name === 'hospital') return 'noord'
    const what = example[name]
    if (what === undefined)
      throw new Error(`${path} has no example for $${name}: name one in its row of the table.`)
    return encodeURIComponent(seeded[what])
  })
}

/** Somebody who may open a page. */
export function somebodyFor({ roles }: TablePage): Role | null {
  if (roles === 'anyone') return null
  return roles === 'signed-in' ? 'administrator' : (roles[0] ?? 'administrator')
}

/** Whose golden file it is: `hospitals-items`. */
export const goldenName = ({ path }: TablePage): string =>
  path
    .split('/')
    .filter((step) => step !== '')
    .map((step) => step.replace('$', 'one-'))
    .join('-')
