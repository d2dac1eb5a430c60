import { expect, test } from 'vitest'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { noteActivities } from '../../../orchestrator/savings/activities.ts'
import { openBench, PLAIN_DEPLOYMENT, testBot } from '../work/bench.ts'

test('deployments get the activity of their bot, those made later too, and keep it when the bot changes', async () => {
  await using bench = await openBench()
  const { db } = bench
  const activities = async () =>
    (await db.selectFrom('deployment').select(['id', 'activity']).orderBy('id').execute()).map(
      ({ id, activity }) => `${id} ${activity}`,
    )
  const bot = { ...testBot(() => Promise.resolve()), name: 'other-bot' }
  const plain = { ...PLAIN_DEPLOYMENT, bot: bot.name }
  await putDeployment(db, { ...plain, id: 'oost-first' })
  expect(await activities()).toEqual(['oost-first null', 'oost-test reporting'])
  await noteActivities(db, [bot])
  await putDeployment(db, { ...plain, id: 'oost-later' })
  await noteActivities(db, [{ ...bot, activity: 'finance' }])
  await putDeployment(db, { ...plain, id: 'oost-newest' })
  expect(await activities()).toEqual([
    'oost-first reporting',
    'oost-later reporting',
    'oost-newest finance',
    'oost-test reporting',
  ])
})
