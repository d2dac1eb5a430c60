import { ALL_ROLES } from '../../orchestrator/ledger/roles.ts'
import type { Route } from './route.ts'

/** Who may use which route, as Markdown: for the README, where a test holds it against what the server really does. */
export function rightsTable(routes: readonly Route[]): string {
  const head = ['route', ...ALL_ROLES, 'anyone', 'signed in', 'no token']
  const rows = routes
    .map(({ method, path, roles, forPeople = false }) => {
      const named = Array.isArray(roles) ? roles : []
      const marks = [
        ...ALL_ROLES.map((role) => named.includes(role)),
        roles === 'anyone',
        roles === 'signed-in',
        forPeople,
      ]
      return `| \`${method} ${path}\` | ${marks.map((mark) => (mark ? 'x' : '')).join(' | ')} |`
    })
    .toSorted((one, other) => (pathOf(one) < pathOf(other) ? -1 : 1))
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---|').join('')}`, ...rows].join('\n')
}

/** Which routes show, seek or change data of patients, as Markdown for the README. */
export function patientsTable(routes: readonly Route[]): string {
  const rows = routes
    .flatMap(({ method, path, access }) =>
      access ? [`| \`${method} ${path}\` | ${access.action} | ${access.subject} |`] : [],
    )
    .toSorted((one, other) => (pathOf(one) < pathOf(other) ? -1 : 1))
  return ['| route | action | of |', '|---|---|---|', ...rows].join('\n')
}

const pathOf = (row: string): string => row.replace(/^\| `(\w+) (\S+)`/, '$2 $1')
