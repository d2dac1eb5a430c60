import type { Page } from '../page.ts'

const READERS = ['programme', 'administrator', 'auditor'] as const

/** The programme office's pages beside the figures: figures and phases, never an item, never a patient. */
export const pages: readonly Page[] = [
  {
    path: '/programme/adoption',
    title: 'programme.adoption.title',
    roles: READERS,
    load: () => import('./adoption-page.tsx'),
    navigation: { group: 'programme', order: 30 },
  },
  {
    path: '/programme/next',
    title: 'programme.next.title',
    roles: READERS,
    load: () => import('./next-page.tsx'),
    navigation: { group: 'programme', order: 35 },
  },
  {
    path: '/programme/rounds',
    title: 'programme.rounds.title',
    roles: READERS,
    load: () => import('./rounds-page.tsx'),
    navigation: { group: 'programme', order: 40 },
  },
  {
    path: '/programme/ideas',
    title: 'programme.ideas.title',
    roles: [...READERS, 'it', 'colleague'],
    load: () => import('./ideas-page.tsx'),
    navigation: { group: 'programme', order: 50 },
  },
  {
    path: '/programme/pleasure',
    title: 'programme.pleasure.title',
    roles: READERS,
    load: () => import('./pleasure-page.tsx'),
    navigation: { group: 'programme', order: 60 },
  },
  {
    path: '/programme/time-use',
    title: 'programme.timeuse.title',
    roles: READERS,
    load: () => import('./time-use-page.tsx'),
    navigation: { group: 'programme', order: 70 },
  },
  {
    path: '/programme/value',
    title: 'programme.value.title',
    roles: READERS,
    load: () => import('./value-page.tsx'),
    navigation: { group: 'programme', order: 80 },
  },
]
