import type { Page } from '../page.ts'

/** Today, items, the worklist, and lists of items that somebody offers. */
export const pages: readonly Page[] = [
  {
    path: '/hospitals/$hospital/today',
    title: 'items.today.title',
    roles: ['administrator', 'auditor'],
    load: () => import('./today-page.tsx'),
    navigation: { group: 'administer', order: 1 },
  },
  {
    path: '/hospitals/$hospital/worklist',
    title: 'items.work.title',
    roles: ['administrator'],
    load: () => import('./worklist-page.tsx'),
    navigation: { group: 'administer', order: 2 },
  },
  {
    path: '/hospitals/$hospital/worklist/$item',
    title: 'items.working.title',
    roles: ['administrator'],
    load: () => import('./working-page.tsx'),
    example: { item: 'item-parked' },
  },
  {
    path: '/hospitals/$hospital/items',
    title: 'items.list.title',
    roles: ['administrator', 'auditor'],
    load: () => import('./items-page.tsx'),
    navigation: { group: 'administer', order: 3 },
  },
  {
    path: '/hospitals/$hospital/items/$item',
    title: 'items.one.title',
    roles: ['administrator', 'auditor'],
    load: () => import('./item-page.tsx'),
    example: { item: 'item-done' },
  },
  {
    path: '/hospitals/$hospital/lists',
    title: 'items.lists.title',
    roles: ['administrator'],
    load: () => import('./lists-page.tsx'),
    navigation: { group: 'administer', order: 4 },
  },
]
