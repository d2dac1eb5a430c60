import { expect, test } from 'vitest'
import { bots } from '../../../bots/index.ts'
import { applyConfig } from '../../../orchestrator/config-file/apply-config.ts'
import { readConfigFile } from '../../../orchestrator/config-file/read-config.ts'
import { openBench } from '../work/bench.ts'

const measured =
  'minutes: 3, method: estimate, measuredBy: ada, measuredOn: 2026-01-12, validFrom: 2026-01-12'

const file = (ofRobot: string, ofAnotherMake: string) => `
ontregel: 1
hospitals:
  - id: west
    name: Ziekenhuis West
    systems:
      - { id: fhir, kind: fhir, address: "https://fhir.west.example/r4", seats: 2 }
    deployments:
      - id: west-deceased
        mode: shadow
        bot: deceased-appointments
        settings: { patientNumberAuthority: ZIS, patientNumberSystem: "urn:west:zis" }
        systems: { fhir: fhir }
        responsible: ada
        baselines: [{ variant: cancelled, ${measured}, remeasureOn: 2027-01-12 }]
      - id: west-brieven
        mode: live
        bot: brieven-versturen
        activity: reporting
        responsible: ada
        baselines: [{ variant: brief, ${measured}, remeasureOn: 2027-01-12 }]
    chains:
      - name: keten
        baselineDeployment: west-deceased
        baselineVariant: cancelled
        validFrom: 2026-02-01
        parts:
          - { deployment: west-deceased, variant: ${ofRobot}, share: 0.5 }
          - { deployment: west-brieven, variant: ${ofAnotherMake}, share: 0.5 }
`

test('a chain of a file has no share of a variant that a robot of the catalogue lacks; one of another make names its own', async () => {
  await using bench = await openBench()
  const apply = async (text: string) =>
    await applyConfig(bench.db, readConfigFile(text), {
      bots,
      account: 'ada',
      today: '2026-11-21',
      dryRun: false,
    })
  await expect(apply(file('canceled', 'brief'))).rejects.toThrow(
    'hospitals[0].chains[0].parts: the robot of west-deceased has no variant "canceled"; choose from cancelled.',
  )
  expect(await bench.db.selectFrom('chain').select('id').execute()).toEqual([])
  await apply(file('cancelled', 'aanmaning'))
  expect(await bench.db.selectFrom('chain').select('name').execute()).toEqual([{ name: 'keten' }])
})
