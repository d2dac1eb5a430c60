import type { Page } from '../page.ts'

/** What hospital IT works with. */
export const pages: readonly Page[] = [
  {
    path: '/hospitals/$hospital/workers',
    title: 'operate.workers.title',
    roles: ['it'],
    load: () => import('./workers-page.tsx'),
    navigation: { group: 'operate', order: 1 },
  },
  {
    path: '/hospitals/$hospital/queue',
    title: 'operate.queue.title',
    roles: ['it', 'administrator'],
    load: () => import('./queue-page.tsx'),
    navigation: { group: 'operate', order: 2 },
  },
  {
    path: '/hospitals/$hospital/channels',
    title: 'operate.channels.title',
    roles: ['it'],
    load: () => import('./channels-page.tsx'),
    navigation: { group: 'operate', order: 3 },
  },
  {
    path: '/hospitals/$hospital/channels/$channel',
    title: 'operate.channel.one',
    roles: ['it'],
    load: () => import('./channel-page.tsx'),
    words: ['administer'],
    example: { channel: 'channel' },
  },
  {
    path: '/hospitals/$hospital/new-channel',
    title: 'operate.channel.new',
    roles: ['it'],
    load: () => import('./new-channel-page.tsx'),
  },
  {
    path: '/hospitals/$hospital/messages',
    title: 'operate.messages.title',
    roles: ['it'],
    load: () => import('./messages-page.tsx'),
    navigation: { group: 'operate', order: 4 },
  },
  {
    path: '/hospitals/$hospital/messages/$message',
    title: 'operate.message.title',
    roles: ['it'],
    load: () => import('./message-page.tsx'),
    example: { message: 'message' },
  },
  {
    path: '/hospitals/$hospital/run-log',
    title: 'operate.log.title',
    roles: ['it'],
    load: () => import('./log-page.tsx'),
    words: ['items'],
    navigation: { group: 'operate', order: 5 },
  },
  {
    path: '/hospitals/$hospital/storage',
    title: 'operate.storage.title',
    roles: ['it'],
    load: () => import('./storage-page.tsx'),
    navigation: { group: 'operate', order: 6 },
  },
  {
    path: '/hospitals/$hospital/access-log',
    title: 'operate.access.title',
    roles: ['it', 'auditor'],
    load: () => import('./access-page.tsx'),
    navigation: { group: 'operate', order: 7 },
  },
  {
    path: '/hospitals/$hospital/sign-ins',
    title: 'operate.signins.title',
    roles: ['it', 'auditor'],
    load: () => import('./sign-ins-page.tsx'),
    navigation: { group: 'operate', order: 8 },
  },
]
