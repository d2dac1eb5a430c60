import type { Page } from '../page.ts'

const READERS = ['programme', 'administrator', 'auditor'] as const

/** Figures and how they come about: what is counted, what it is measured with, what became of it. */
export const pages: readonly Page[] = [
  {
    path: '/programme/savings',
    title: 'savings.report.title',
    roles: READERS,
    load: () => import('./savings-page.tsx'),
    words: ['programme'],
    navigation: { group: 'programme', order: 10 },
  },
  {
    path: '/hospitals/$hospital/savings/explain',
    title: 'savings.explain.title',
    roles: READERS,
    load: () => import('./explain-page.tsx'),
    words: ['programme'],
  },
  {
    path: '/hospitals/$hospital/baselines',
    title: 'savings.baselines.title',
    roles: READERS,
    load: () => import('./baselines-page.tsx'),
    words: ['programme'],
    navigation: { group: 'programme', order: 22 },
  },
  {
    path: '/hospitals/$hospital/chains',
    title: 'savings.chains.title',
    roles: READERS,
    load: () => import('./chains-page.tsx'),
    words: ['programme', 'items'],
    navigation: { group: 'programme', order: 23 },
  },
  {
    path: '/hospitals/$hospital/stopwatch',
    title: 'savings.stopwatch.title',
    roles: ['administrator'],
    load: () => import('./stopwatch-page.tsx'),
    words: ['programme'],
  },
  {
    path: '/hospitals/$hospital/timing',
    title: 'savings.timing.title',
    roles: ['colleague'],
    load: () => import('./timing-page.tsx'),
    navigation: { group: 'programme', order: 45 },
  },
  {
    path: '/hospitals/$hospital/upkeep',
    title: 'savings.upkeep.title',
    roles: READERS,
    load: () => import('./upkeep-page.tsx'),
    words: ['programme'],
    navigation: { group: 'programme', order: 24 },
  },
  {
    path: '/hospitals/$hospital/realised',
    title: 'savings.realised.title',
    roles: READERS,
    load: () => import('./realised-page.tsx'),
    words: ['programme'],
    navigation: { group: 'programme', order: 26 },
  },
  {
    path: '/hospitals/$hospital/reported-items',
    title: 'savings.reported.title',
    roles: ['administrator', 'auditor'],
    load: () => import('./reported-page.tsx'),
    words: ['programme'],
    navigation: { group: 'programme', order: 28 },
  },
]
