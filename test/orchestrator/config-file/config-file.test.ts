import { describe, expect, test } from 'vitest'
import { applyConfig } from '../../../orchestrator/config-file/apply-config.ts'
import { configText, exportConfig } from '../../../orchestrator/config-file/export-config.ts'
import { readConfigFile } from '../../../orchestrator/config-file/read-config.ts'
import { readPlan } from '../../../orchestrator/ledger/read-plan.ts'
import { readSystems } from '../../../orchestrator/ledger/system-records.ts'
import { bots } from '../../../bots/index.ts'
import { setFourEyes } from '../../../orchestrator/work/put-to-work.ts'
import { openBench, type Bench } from '../work/bench.ts'

const TODAY = '2026-11-21'

const FILE = `
ontregel: 1
hospitals:
  - id: west
    name: Ziekenhuis West
    norms: [{ validFrom: 2020-01-01, name: planning, hoursPerYear: 1440 }]
    closingDays: [{ day: 2026-12-24, name: Brugdag }]
    systems:
      - { id: fhir, kind: fhir, address: "https://fhir.west.example/r4", seats: 2 }
      - id: verzekeraar
        kind: web
        address: https://portaal.example/controle
        settings: { allowedHosts: ["login.portaal.example:443"] }
      - id: ris
        kind: hl7
        address: mllps://ris.west.example:2576
        settings: { receiver: { application: RIS }, sender: { application: ONTREGEL }, recognisesDuplicates: true }
    deployments:
      - id: west-insurance-check
        mode: shadow
        bot: insurance-check
        settings: { insurers: ["0104"], appointmentSystem: "urn:west:appointment" }
        systems: { fhir: fhir, portal: verzekeraar }
        responsible: ada
        outsideSeconds: 180
        triggers:
          - { kind: schedule, id: west-mornings, cron: "0 7 * * 1-5", skipHolidays: true }
        baselines:
          - variant: first-check
            minutes: 4.25
            method: stopwatch
            n: 60
            spreadMinutes: 1.1
            measuredBy: ada
            measuredOn: 2026-01-12
            validFrom: 2026-01-12
            remeasureOn: 2027-01-12
      - id: west-deceased
        mode: off
        bot: deceased-appointments
        settings: { patientNumberAuthority: ZIS, patientNumberSystem: "urn:west:zis" }
        systems: { fhir: fhir }
        responsible: ada
        triggers:
          - { kind: hl7, id: west-adt, messageTypes: ["ADT^A08"], conditions: [{ field: PID-30, is: equals, value: "Y" }] }
        baselines:
          - { variant: cancelled, minutes: 7, method: estimate, measuredBy: ada, measuredOn: 2026-01-12, validFrom: 2026-02-01, remeasureOn: 2027-02-01 }
    chains:
      - name: keten
        baselineDeployment: west-insurance-check
        baselineVariant: first-check
        validFrom: 2026-12-01
        parts:
          - { deployment: west-insurance-check, variant: first-check, share: 0.4 }
          - { deployment: west-deceased, variant: cancelled, share: 0.6 }
    upkeep:
      - { deployment: west-insurance-check, day: 2026-11-02, hours: 1.5, note: portal changed }
      - { deployment: west-insurance-check, day: 2026-11-02, hours: 1.5, note: portal changed }
`

const applied = (bench: Bench, text: string, change: { dryRun?: boolean; account?: string } = {}) =>
  applyConfig(bench.db, readConfigFile(text), {
    bots,
    account: 'ada',
    today: TODAY,
    dryRun: false,
    ...change,
  })

const apply = async (...asked: Parameters<typeof applied>) => (await applied(...asked)).changes

const exported = async (bench: Bench, hospital?: string) => configText(await exportConfig(bench.db, hospital))

const count = async (bench: Bench, table: 'change' | 'upkeep' | 'deployment' | 'hospital') =>
  (await bench.db.selectFrom(table).selectAll().execute()).length

describe('applying a file', () => {
  test('sets up a hospital whole: systems, deployments, triggers, baselines, norms, closing days, shares and upkeep', async () => {
    await using bench = await openBench()
    const changes = await apply(bench, FILE)
    expect([...new Set(changes.map(({ what }) => what))]).toEqual(
      expect.arrayContaining(['hospital', 'norm', 'closing-day', 'system', 'deployment', 'chain', 'upkeep']),
    )
    expect(await readPlan(bench.db, 'west', 'west-insurance-check')).toMatchObject({
      mode: 'shadow',
      plan: {
        systems: { fhir: 'fhir', portal: 'verzekeraar' },
        triggers: [{ cron: '0 7 * * 1-5', missed: 'last', skipHolidays: true }],
        baselines: [{ variant: 'first-check', minutes: 4.25, n: 60 }],
      },
    })
    expect((await readSystems(bench.db, 'west')).map(({ id, seats }) => [id, seats])).toEqual([
      ['fhir', 2],
      ['ris', 1],
      ['verzekeraar', 1],
    ])
    expect(await count(bench, 'upkeep')).toBe(2)
  })

  test('what is exported, applied again, changes nothing at all', async () => {
    await using bench = await openBench()
    await apply(bench, FILE)
    const [text, changes] = [await exported(bench), await count(bench, 'change')]
    expect(await apply(bench, text)).toEqual([])
    expect(await exported(bench)).toBe(text)
    expect(await count(bench, 'change')).toBe(changes)
    expect(await apply(bench, FILE)).toEqual([])
  })

  test('what is exported sets up the same elsewhere', async () => {
    await using bench = await openBench()
    await using elsewhere = await openBench()
    await apply(bench, FILE)
    await apply(elsewhere, await exported(bench, 'west'))
    expect(await exported(elsewhere, 'west')).toBe(await exported(bench, 'west'))
  })

  test('a trial run tells the same differences and keeps nothing', async () => {
    await using bench = await openBench()
    const told = await apply(bench, FILE, { dryRun: true })
    expect(await count(bench, 'hospital')).toBe(1)
    expect(await count(bench, 'change')).toBe(0)
    const subjects = (changes: typeof told) => changes.map(({ what, subject }) => `${what} ${subject}`)
    expect(subjects(await apply(bench, FILE))).toEqual(subjects(told))
  })

  test('a baseline of earlier days is added before the one that is there, and applied again changes nothing', async () => {
    await using bench = await openBench()
    await apply(bench, FILE)
    const first = '          - { variant: cancelled,'
    const earlier = (days: string) =>
      FILE.replace(
        first,
        `${first} minutes: 9, method: estimate, measuredBy: ada, measuredOn: 2025-01-12, ${days}, remeasureOn: 2026-02-01 }\n${first}`,
      )
    const baselines = async () =>
      (await readPlan(bench.db, 'west', 'west-deceased'))?.plan.baselines.map(
        ({ minutes, validFrom, validUntil }) => [minutes, validFrom, validUntil],
      )
    const text = earlier('validFrom: 2025-02-01, validUntil: 2026-01-01')
    await apply(bench, text)
    expect(await baselines()).toEqual([
      [9, '2025-02-01', '2026-01-01'],
      [7, '2026-02-01', undefined],
    ])
    expect(await apply(bench, text)).toEqual([])
    await expect(apply(bench, earlier('validFrom: 2025-06-01'))).rejects.toThrow(
      'has a baseline from 2025-02-01',
    )
  })

  test('only what differs changes; what the file leaves out stays', async () => {
    await using bench = await openBench()
    await apply(bench, FILE)
    const small =
      FILE.slice(0, FILE.indexOf('    closingDays')) +
      '    systems:\n      - { id: fhir, kind: fhir, address: "https://fhir.west.example/r4", seats: 3 }\n'
    const changes = await apply(bench, small)
    expect(changes).toMatchObject([
      { what: 'system', subject: 'fhir', before: { seats: 2 }, after: { seats: 3 } },
    ])
    expect(await count(bench, 'deployment')).toBe(3)
  })
})

describe('a file that is not right', () => {
  test.each([
    [
      'a field that is not known',
      'ontregel: 1\nhospitals: [{ id: west, name: W, sytems: [] }]',
      /line 2, hospitals\[0\].sytems: is not known here/,
    ],
    [
      'a wrong value, with its line',
      FILE.replace('mode: shadow', 'mode: on'),
      /line 20, hospitals\[0\].deployments\[0\].mode: write off, shadow or live/,
    ],
    ['no YAML', 'ontregel: 1\nhospitals: [', /line \d+: this is no YAML/],
    ['another version', 'ontregel: 2\nhospitals: [{ id: west, name: W }]', /ontregel: write 1/],
    ['aliases', 'ontregel: 1\nhospitals: [&a { id: west, name: W }, *a]', /anchors and aliases/],
    [
      'settings that the robot does not take',
      FILE.replace('"0104"', '"104"'),
      /line \d+, hospitals\[0\].deployments\[0\].settings.insurers\[0\]: must be a UZOVI code/,
    ],
    [
      'a system that is not there',
      FILE.replace('portal: verzekeraar', 'portal: gone'),
      /deployments\[0\].systems.portal: choose a web system/,
    ],
    [
      'an address that no system has',
      FILE.replace('https://portaal.example/controle', 'http://169.254.169.254/'),
      /systems\[1\].address: no system is there/,
    ],
    [
      'shares that do not add up',
      FILE.replace('share: 0.6', 'share: 0.5'),
      /chains\[0\].parts: the shares add up to 0.9/,
    ],
    ['negative hours', FILE.replace('hours: 1.5', 'hours: -1'), /upkeep\[0\].hours: -1 is not possible/],
    [
      'a measuring still to come',
      FILE.replace('measuredOn: 2026-01-12\n', 'measuredOn: 2027-01-01\n'),
      /deployments\[0\].measuredOn: 2027-01-01 is still to come/,
    ],
  ])('%s is refused with place and remedy, and nothing is kept', async (_what, text, expected) => {
    await using bench = await openBench()
    const refused = await (async () => apply(bench, text))().then(
      () => 'It was applied.',
      (error: unknown) => String(error),
    )
    expect(refused).toMatch(expected)
    expect(refused).toContain('Nothing was changed')
    expect(await count(bench, 'hospital')).toBe(1)
    expect(await count(bench, 'change')).toBe(0)
  })

  test('all that is wrong with several deployments is told at once', async () => {
    await using bench = await openBench()
    const text = FILE.replace('"0104"', '"104"').replace('patientNumberAuthority: ZIS, ', '')
    await expect(apply(bench, text)).rejects.toThrow(/deployments\[0\].*[\s\S]*deployments\[1\]/)
  })

  test('going live by file is refused where the hospital wants four eyes, and so is taking those away', async () => {
    await using bench = await openBench()
    await apply(bench, FILE)
    await setFourEyes(bench.db, { hospital: 'west', account: 'ada' }, true)
    await expect(apply(bench, FILE)).rejects.toThrow(/fourEyes: a file does not take/)
    const text = await exported(bench, 'west')
    expect(await apply(bench, text)).toEqual([])
    await expect(apply(bench, text.replace('mode: shadow', 'mode: live'))).rejects.toThrow(/wants four eyes/)
    await setFourEyes(bench.db, { hospital: 'west', account: 'ada' }, false)
    await apply(bench, FILE.replace('mode: shadow', 'mode: live'))
    expect((await readPlan(bench.db, 'west', 'west-insurance-check'))?.mode).toBe('live')
  })
})
