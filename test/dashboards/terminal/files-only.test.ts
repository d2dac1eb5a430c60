import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../postgres.ts'
import { openCommandLine } from './run-cli.ts'

const baseline = (variant: string) =>
  `{ variant: ${variant}, minutes: 6, method: estimate, measuredBy: ada, measuredOn: 2026-01-12, validFrom: 2026-01-12, remeasureOn: 2027-01-12 }`

const FILE = `
ontregel: 1
hospitals:
  - id: west
    name: Ziekenhuis West
    systems:
      - { id: fhir, kind: fhir, address: "https://fhir.west.example/r4", seats: 2 }
    deployments:
      - id: west-deceased
        mode: live
        bot: deceased-appointments
        settings: { patientNumberAuthority: ZIS, patientNumberSystem: "urn:west:zis" }
        systems: { fhir: fhir }
        responsible: ada
        baselines: [${baseline('cancelled')}]
      - id: west-other
        mode: live
        bot: other-make
        activity: planning
        responsible: ada
        baselines: [${baseline('plain')}]
`

const ITEMS = [
  'deployment,reference,variant,outcome,completedAt,case',
  'west-deceased,A-1,cancelled,done,2026-03-02T10:00:00+01:00,K-1',
  'west-deceased,A-2,cancelled,done,2026-03-02T10:01:00+01:00,K-1',
  'west-other,B-1,plain,done,2026-03-02T10:02:00+01:00,K-1',
].join('\n')

test('set up and filled from files alone, before anything was ever served, a case still counts once', async () => {
  await using database = await createTestDatabase()
  await using line = await openCommandLine(database.url)
  const ask = async (...args: string[]) => {
    const { code, out, err } = await line.run(args)
    expect({ code, err }).toMatchObject({ code: 0 })
    return out
  }
  const file = async (name: string, content: string) => {
    await writeFile(join(line.home, name), content)
    return join(line.home, name)
  }
  await ask('config', 'apply', await file('west.yaml', FILE), '--account', 'ada')
  await ask('savings', 'import', await file('items.csv', ITEMS), '--account', 'ada')
  const march = ['--from', '2026-03-01', '--to', '2026-03-31']
  // Both are for planning: the first of the three counts its 6 minutes, the other two are left out.
  expect(JSON.parse(await ask('savings', ...march, '--format', 'json'))).toMatchObject({
    deployments: [
      { id: 'west-deceased', activity: 'planning', minutes: { gross: 6 }, leftOut: 1 },
      { id: 'west-other', activity: 'planning', minutes: { gross: 0 }, leftOut: 1 },
    ],
  })
  await ask('savings', 'recount', ...march)
})
