import type { Page } from '../page.ts'

/** Coming in, one's own account, and the people and tokens of a hospital. */
export const pages: readonly Page[] = [
  { path: '/sign-in', title: 'door.signin.title', roles: 'anyone', load: () => import('./sign-in-page.tsx') },
  {
    path: '/welcome',
    title: 'door.welcome.title',
    roles: 'anyone',
    load: () => import('./welcome-page.tsx'),
  },
  {
    path: '/account',
    title: 'door.account.title',
    roles: 'signed-in',
    load: () => import('./account-page.tsx'),
    navigation: { group: 'own', order: 1 },
  },
  {
    path: '/hospitals/$hospital/people',
    title: 'door.people.title',
    roles: ['administrator', 'auditor'],
    load: () => import('./people-page.tsx'),
    navigation: { group: 'administer', order: 90 },
  },
  {
    path: '/hospitals/$hospital/tokens',
    title: 'door.tokens.title',
    roles: ['administrator', 'auditor'],
    load: () => import('./tokens-page.tsx'),
    navigation: { group: 'operate', order: 90 },
  },
]
