import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { keepEvidence, readEvidence } from '../../../orchestrator/ledger/evidence.ts'
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
