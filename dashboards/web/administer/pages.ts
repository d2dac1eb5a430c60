import type { Page } from '../page.ts'

/** Robots, deployments, systems, the calendar, and what was changed about them. */
export const pages: readonly Page[] = [
  {
    path: '/hospitals/$hospital/deployments',
    title: 'administer.deployments.title',
    roles: ['administrator', 'it', 'auditor'],
    load: () => import('./deployments-page.tsx'),
    navigation: { group: 'administer', order: 10 },
  },
  {
    path: '/hospitals/$hospital/deployments/$deployment',
    title: 'administer.deployment.title',
    roles: ['administrator', 'it', 'auditor'],
    load: () => import('./deployment-page.tsx'),
    example: { deployment: 'deployment' },
  },
  {
    path: '/hospitals/$hospital/bots',
    title: 'administer.bots.title',
    roles: ['administrator', 'it', 'programme', 'auditor'],
    load: () => import('./catalogue-page.tsx'),
    navigation: { group: 'administer', order: 11 },
  },
  {
    path: '/hospitals/$hospital/put-to-work/$deployment',
    title: 'administer.work.title',
    roles: ['administrator'],
    load: () => import('./put-to-work-page.tsx'),
    example: { deployment: 'draft' },
  },
  {
    path: '/hospitals/$hospital/systems',
    title: 'administer.systems.title',
    roles: ['administrator', 'it', 'auditor'],
    load: () => import('./systems-page.tsx'),
    navigation: { group: 'administer', order: 12 },
  },
  {
    path: '/hospitals/$hospital/systems/$system',
    title: 'administer.system.one',
    roles: ['administrator', 'it', 'auditor'],
    load: () => import('./system-page.tsx'),
    example: { system: 'system' },
  },
  {
    path: '/hospitals/$hospital/new-system',
    title: 'administer.systems.new',
    roles: ['administrator'],
    load: () => import('./new-system-page.tsx'),
  },
  {
    path: '/hospitals/$hospital/calendar',
    title: 'administer.calendar.title',
    roles: ['administrator', 'it', 'auditor'],
    load: () => import('./calendar-page.tsx'),
    navigation: { group: 'administer', order: 13 },
  },
  {
    path: '/hospitals/$hospital/changes',
    title: 'administer.changes.title',
    roles: ['administrator', 'it', 'auditor'],
    load: () => import('./changes-page.tsx'),
    navigation: { group: 'administer', order: 14 },
  },
]
