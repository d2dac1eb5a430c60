import { expect, test } from 'vitest'
import { startRouterServer } from '../../connectors/fhir/router-server.ts'
import { openFhirBench } from './fhir-bench.ts'

test('polling a server of another make loses nothing and makes nothing twice, over pages, changes and restarts', async () => {
  await using server = await startRouterServer()
  await using bench = await openFhirBench(server, { parameters: { status: 'booked' } })
  const appointment = { resourceType: 'Appointment', status: 'booked' }
  const made = new Set<string>()
  const book = async (more: number) => {
    for (let n = 0; n < more; n++) {
      const { id, versionId } = await bench.system.create(appointment)
      made.add(`${id}/${versionId}`)
    }
  }
  const pollAgain = async () => {
    await bench.makeDue()
    await bench.answer()
  }
  await book(120)
  await bench.system.create({ ...appointment, status: 'cancelled' })
  await pollAgain()
  await pollAgain()
  expect((await bench.versions()).toSorted()).toEqual([...made].toSorted())
  const [id = ''] = [...made][0]?.split('/') ?? []
  const moved = await bench.system.update({ ...appointment, id, description: 'verplaatst' })
  made.add(`${id}/${moved.versionId}`)
  await book(3)
  const lost = bench.poll(await claimAnew(bench), {
    ring: () => Promise.reject(new Error('The process ended here.')),
  })
  await expect(lost).rejects.toThrow('ended here')
  await pollAgain()
  expect((await bench.versions()).toSorted()).toEqual([...made].toSorted())
  expect(await bench.state()).toMatchObject({ failures: 0, reason: null })
})

async function claimAnew(bench: Awaited<ReturnType<typeof openFhirBench>>) {
  await bench.makeDue()
  return await bench.claim()
}
