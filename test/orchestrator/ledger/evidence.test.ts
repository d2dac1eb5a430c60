import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { dropExpiredEvidence, keepEvidence, readEvidence } from '../../../orchestrator/ledger/evidence.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { openBench } from '../work/bench.ts'

test('evidence is sealed in the ledger and opens for its own item only', async () => {
  await using bench = await openBench()
  const box = secretBox(randomBytes(32))
  const [item, other] = [await bench.addItem('R-1'), await bench.addItem('R-2')]
  const content = Buffer.from('a masked picture')
  await keepEvidence(bench.db, box, { item, attempt: 1, label: 'register', mediaType: 'image/png', content })
  expect(await readEvidence(bench.db, box, item)).toMatchObject([{ label: 'register', attempt: 1, content }])
  const { sealed } = await bench.db.selectFrom('evidence').select('sealed').executeTakeFirstOrThrow()
  expect(sealed.includes(content)).toBe(false)
  await bench.db.updateTable('evidence').set({ item: other }).execute()
  await expect(readEvidence(bench.db, box, other)).rejects.toThrow('Restore the key file')
})

test('a trace is not shown after its last moment, and is gone with the next sweep; other evidence stays', async () => {
  await using bench = await openBench()
  const box = secretBox(randomBytes(32))
  const item = await bench.addItem('R-1')
  const trace = { item, attempt: 1, mediaType: 'application/zip', content: Buffer.from('PK') }
  const keep = (label: string, expires?: Date) =>
    keepEvidence(bench.db, box, { ...trace, label, ...(expires && { expires }) })
  await keep('picture')
  await keep('old trace', new Date('2020-01-01T00:00:00Z'))
  await keep('new trace', new Date('2099-01-01T00:00:00Z'))
  const shown = async () => (await readEvidence(bench.db, box, item)).map(({ label }) => label)
  expect(await shown()).toEqual(['picture', 'new trace'])
  expect(await dropExpiredEvidence(bench.db)).toBe(1)
  expect(await dropExpiredEvidence(bench.db)).toBe(0)
  const { kept } = await bench.db
    .selectFrom('evidence')
    .select((of) => of.fn.countAll<number>().as('kept'))
    .executeTakeFirstOrThrow()
  expect(kept).toBe(2)
})
