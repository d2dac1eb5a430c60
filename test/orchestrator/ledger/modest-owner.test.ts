import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { expect, inject, test } from 'vitest'
import { dropOldMessages, openMonths } from '../../../orchestrator/ledger/message-retention.ts'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import { addItems } from '../../../orchestrator/ledger/items.ts'
import { putDeployment, putHospital } from '../../../orchestrator/ledger/setup.ts'
import { asOwner } from '../../owner.ts'
import { createTestDatabase } from '../../postgres.ts'
import { PLAIN_DEPLOYMENT } from '../work/bench.ts'

/** An account as a hospital gives one: it owns its database and is nothing else. */
async function modestAccount(url: string): Promise<{ name: string; url: string } & AsyncDisposable> {
  const name = `modest_${randomBytes(4).toString('hex')}`
  const database = new URL(url).pathname.slice(1)
  await asOwner(
    url,
    sql.raw(`CREATE ROLE ${name} LOGIN PASSWORD 'modest'`),
    sql.raw(`ALTER DATABASE ${database} OWNER TO ${name}`),
  )
  const own = new URL(url)
  own.username = name
  own.password = 'modest'
  return {
    name,
    url: own.href,
    async [Symbol.asyncDispose]() {
      await asOwner(
        url,
        sql.raw(`REASSIGN OWNED BY ${name} TO CURRENT_USER`),
        sql.raw(`DROP OWNED BY ${name}`),
      )
      await asOwner(inject('postgres'), sql.raw(`DROP ROLE ${name}`))
    },
  }
}

test('an account that may not make roles is told what an administrator of the database has to run', async () => {
  await using database = await createTestDatabase()
  // Roles belong to the server: they exist from here on, so that only the right to take them is missing.
  await (await openLedger({ url: database.url, onError: () => undefined })).destroy()
  await using owner = await modestAccount(database.url)
  const opening = openLedger({ url: owner.url, onError: () => undefined })
  await expect(opening).rejects.toMatchObject({
    code: 'database-roles',
    message: expect.stringContaining(`GRANT ontregel_app, ontregel_web, ontregel_door TO ${owner.name};`),
  })
})

test('the owner need not be a superuser: months and years are made and dropped, and nothing that waits is lost', async () => {
  await using database = await createTestDatabase()
  await using owner = await modestAccount(database.url)
  await asOwner(
    inject('postgres'),
    sql.raw(`GRANT ontregel_app, ontregel_web, ontregel_door TO ${owner.name}`),
  )
  const db = await openLedger({ url: owner.url, onError: () => undefined })
  await putHospital(db, { id: 'oost', name: 'Oost', norms: [] })
  await putDeployment(db, { ...PLAIN_DEPLOYMENT, id: 'oost-test' })
  const arrival = { hospital: 'oost', deployment: 'oost-test', run: null }
  expect(await addItems(db, arrival, [{ reference: 'R', caseReference: 'R', data: {} }])).toMatchObject({
    added: 1,
  })
  await sql`INSERT INTO channel (id, hospital, port) VALUES ('adt', 'oost', 0)`.execute(db)
  const month = (name: string, from: string, to: string, parent: string) =>
    sql.raw(`CREATE TABLE ${parent}_${name} PARTITION OF ${parent} FOR VALUES FROM ('${from}') TO ('${to}')`)
  for (const parent of ['message', 'message_patient']) {
    await asOwner(
      owner.url,
      month('2020_01', '2020-01-01Z', '2020-02-01Z', parent),
      month('2020_02', '2020-02-01Z', '2020-03-01Z', parent),
    )
  }
  const put = (state: string, at: string) =>
    sql`INSERT INTO message (hospital, channel, sender, control_id, type, event, sealed, state, received_at)
      VALUES ('oost', 'adt', 'ZIS', ${at}, 'ADT', 'A08', '', ${state}, ${at})`.execute(db)
  await put('routed', '2020-01-10Z')
  await put('aside', '2020-02-10Z')
  expect(await dropOldMessages(db)).toMatchObject({ months: ['2020_01'] })
  const asked = sql<{ dropped: boolean }>`SELECT message_month_drop('2020_02') AS dropped`
  expect((await asked.execute(db)).rows).toEqual([{ dropped: false }])
  expect(await openMonths(db)).toBe(0)
  await sql`INSERT INTO access_unlinked (entry, at, hospital) VALUES (1, '2001-05-01', 'oost')`.execute(db)
  await expect(sql`SELECT access_drop_year(2001)`.execute(db)).rejects.toThrow('not chained yet')
  await db.destroy()
})
