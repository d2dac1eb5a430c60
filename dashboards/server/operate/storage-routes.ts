import { productVersion } from '../../../orchestrator/product-version.ts'
import { recordChange } from '../../../orchestrator/ledger/changes.ts'
import { ACCESS_YEARS_KEPT } from '../../../orchestrator/ledger/access-retention.ts'
import { SCHEMA_VERSION } from '../../../orchestrator/ledger/migrate.ts'
import { putRetention, readRetention } from '../../../orchestrator/ledger/retention.ts'
import { readDatabase, readSizes } from '../../../orchestrator/ledger/storage.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { NewRetention, RetentionPath, Storage, Versions } from './storage-schemas.ts'

/** What runs, how much there is, and for how long it is kept. */
export const storageRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/versions',
    roles: ['it'],
    summary: 'The versions of Ontregel, Node, the database and its schema.',
    params: Hospital,
    answer: Versions,
    async handle(_asked, { db, installation }) {
      const { version } = await readDatabase(db)
      return {
        ...{
          product: await productVersion(),
          node: process.version,
          database: version,
          schema: SCHEMA_VERSION,
        },
        ...{ queue: installation.doorbell.backend, key: installation.keys.source.kind },
      }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/storage',
    roles: ['it'],
    summary: 'The size of each group of tables over all hospitals, and how long this hospital keeps what.',
    params: Hospital,
    answer: Storage,
    async handle({ params: { hospital } }, { db, installation }) {
      const { bytes } = await readDatabase(db)
      const retention = await readRetention(db, hospital)
      const { signInDays } = installation.config
      return { bytes, groups: await readSizes(db), retention, accessYears: ACCESS_YEARS_KEPT, signInDays }
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/retention/:what',
    roles: ['it'],
    summary: 'How many days the evidence or the steps of items that are done are kept; null for ever.',
    params: RetentionPath,
    body: NewRetention,
    answer: Done,
    async handle({ params: { hospital, what }, body: { days } }, { db, caller: { account } }) {
      await db.transaction().execute(async (tx) => {
        const before = await putRetention(tx, hospital, { what, days })
        await recordChange(tx, {
          hospital,
          account,
          what: 'retention',
          subject: what,
          before: before.days,
          after: days,
        })
      })
      return { done: true }
    },
  }),
]
