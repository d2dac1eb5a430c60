import { expect, test } from 'vitest'
import { bots } from '../../../bots/index.ts'
import { applyConfig } from '../../../orchestrator/config-file/apply-config.ts'
import { ConfigFile } from '../../../orchestrator/config-file/config-schema.ts'
import { configText, exportConfig } from '../../../orchestrator/config-file/export-config.ts'
import { readConfigFile } from '../../../orchestrator/config-file/read-config.ts'
import { addBaseline, endBaseline } from '../../../orchestrator/savings/baselines.ts'
import { endChain } from '../../../orchestrator/savings/chains.ts'
import { bookUpkeep, withdrawUpkeep } from '../../../orchestrator/savings/upkeep.ts'
import { openBench, type Bench } from '../work/bench.ts'

const TODAY = '2026-11-21'
const BY = { account: 'ada', today: TODAY }

const measured = (variant: string, rest: string) =>
  `{ variant: ${variant}, measuredBy: ada, measuredOn: 2026-01-12, remeasureOn: 2027-01-12, ${rest} }`

const FILE = `
ontregel: 1
hospitals:
  - id: west
    name: Ziekenhuis West
    fourEyes: false
    norms:
      - { validFrom: 2020-01-01, name: planning, hoursPerYear: 1440 }
      - { validFrom: 2026-01-01, name: eigen norm, hoursPerYear: 1502.5 }
    closingDays: [{ day: 2026-12-24, name: Brugdag }]
    systems:
      - { id: fhir, kind: fhir, address: "https://fhir.west.example/r4", seats: 2 }
    channels:
      - { id: oru, port: 0, enabled: false }
    deployments:
      - id: west-deceased
        mode: shadow
        bot: deceased-appointments
        settings: { patientNumberAuthority: ZIS, patientNumberSystem: "urn:west:zis" }
        systems: { fhir: fhir }
        responsible: ada
        outsideSeconds: 180
        parkedShare: 0.25
        triggers:
          - { kind: hl7, id: west-adt, messageTypes: ["ADT^A08"], conditions: [{ field: PID-30, is: equals, value: "Y" }] }
        baselines:
          - ${measured('cancelled', 'minutes: 7.125, method: shadow, n: 12, spreadMinutes: 1.5, validFrom: 2026-01-12')}
      - id: west-facturen
        mode: live
        bot: facturen-boeken
        activity: finance
        responsible: ada
        parkedShare: 0.5
        baselines:
          - ${measured('factuur', 'minutes: 6, method: estimate, validFrom: 2026-01-12')}
          - ${measured('creditnota', 'minutes: 4, method: log, n: 30, spreadMinutes: 1.25, validFrom: 2026-01-12, validUntil: 2026-06-01')}
          - ${measured('creditnota', 'minutes: 3, method: log, n: 30, spreadMinutes: 1.25, validFrom: 2026-07-01')}
      - id: west-herinneren
        mode: off
        bot: facturen-herinneren
        activity: finance
        responsible: ada
        baselines: [${measured('brief', 'minutes: 3, method: estimate, validFrom: 2026-01-12')}]
    chains:
      - name: oude keten
        baselineDeployment: west-facturen
        baselineVariant: factuur
        validFrom: 2026-02-01
        validUntil: 2026-05-01
        parts:
          - { deployment: west-facturen, variant: factuur, share: 0.4 }
          - { deployment: west-herinneren, variant: brief, share: 0.6 }
      - name: keten
        baselineDeployment: west-facturen
        baselineVariant: factuur
        validFrom: 2026-05-01
        parts:
          - { deployment: west-herinneren, variant: brief, share: 0.3333 }
          - { deployment: west-facturen, variant: factuur, share: 0.6667 }
    upkeep:
      - { deployment: west-facturen, day: 2026-11-02, hours: 1.25, note: "portaal: gewijzigd" }
      - { deployment: west-facturen, day: 2026-11-02, hours: 1.25, note: "portaal: gewijzigd" }
      - { deployment: west-deceased, day: 2026-10-01, hours: 0.5, note: "#1" }
`

const apply = async (bench: Bench, text: string) =>
  await applyConfig(bench.db, readConfigFile(text), { ...BY, bots, dryRun: false })

const exported = async (bench: Bench) => configText(await exportConfig(bench.db, 'west'))

/** What somebody did in the pages since: replaced and ended a baseline, closed a chain, booked and withdrew upkeep. */
async function lived({ db }: Bench): Promise<void> {
  const baseline = { deployment: 'west-deceased', variant: 'cancelled', minutes: 6, measuredBy: 'ada' }
  const days = { measuredOn: '2026-11-01', validFrom: '2026-11-15', remeasureOn: '2027-11-01' }
  const id = await addBaseline(db, BY, {
    ...baseline,
    ...days,
    method: 'stopwatch',
    n: 5,
    spreadMinutes: 0.25,
  })
  await endBaseline(db, BY, { id, until: '2027-01-01' })
  const chain = await db
    .selectFrom('chain')
    .select('id')
    .where('name', '=', 'keten')
    .executeTakeFirstOrThrow()
  await endChain(db, BY, { id: chain.id, until: '2026-12-01', hospital: 'west' })
  const booked = { deployment: 'west-facturen', day: '2026-11-20' }
  await bookUpkeep(db, BY, { ...booked, hours: 2, note: 'blijft' })
  const mistaken = await bookUpkeep(db, BY, { ...booked, hours: 9, note: 'vergissing' })
  await withdrawUpkeep(db, BY, { id: mistaken, hospital: 'west' })
}

/** The rows that a file makes, without the ids that the ledger gives and the moments of writing. */
async function rowsOf({ db }: Bench) {
  const norms = await db.selectFrom('norm').selectAll().orderBy('valid_from').execute()
  const baselines = await db
    .selectFrom('baseline')
    .select([
      'deployment',
      'variant',
      'minutes',
      'method',
      'n',
      'spread_minutes',
      'measured_by',
      'measured_on',
    ])
    .select(['valid_from', 'valid_until', 'remeasure_on'])
    .orderBy('deployment')
    .orderBy('variant')
    .orderBy('valid_from')
    .execute()
  const chains = await db
    .selectFrom('chain')
    .innerJoin('chain_part', 'chain_part.chain', 'chain.id')
    .select(['name', 'baseline_deployment', 'baseline_variant', 'valid_from', 'valid_until'])
    .select(['chain_part.deployment', 'variant', 'share'])
    .orderBy('valid_from')
    .orderBy('chain_part.deployment')
    .execute()
  const upkeep = await db
    .selectFrom('upkeep')
    .select(['deployment', 'day', 'hours', 'note'])
    .where('withdrawn_at', 'is', null)
    .orderBy('day')
    .orderBy('id')
    .execute()
  return { norms: norms.filter(({ hospital }) => hospital === 'west'), baselines, chains, upkeep }
}

test('what is exported can be applied again unchanged, also after baselines, chains and upkeep were changed in the pages', async () => {
  await using bench = await openBench()
  await apply(bench, FILE)
  await lived(bench)
  const [text, rows] = [await exported(bench), await rowsOf(bench)]
  expect(await apply(bench, text)).toEqual({ changes: [], uncounted: [] })
  expect(await exported(bench)).toBe(text)
  expect(await rowsOf(bench)).toEqual(rows)
  expect(rows.baselines).toHaveLength(6)
  expect(rows.chains).toHaveLength(4)
  expect(rows.upkeep.map(({ note }) => note)).toEqual([
    '#1',
    'portaal: gewijzigd',
    'portaal: gewijzigd',
    'blijft',
  ])
})

test('what is exported makes the same elsewhere, row for row', async () => {
  await using bench = await openBench()
  await using elsewhere = await openBench()
  await apply(bench, FILE)
  await lived(bench)
  await apply(elsewhere, await exported(bench))
  expect(await rowsOf(elsewhere)).toEqual(await rowsOf(bench))
  expect(await exported(elsewhere)).toBe(await exported(bench))
})

test('the head of the file names each part that a file can have', async () => {
  const head = configText(ConfigFile.parse({ ontregel: 1, hospitals: [{ id: 'west', name: 'West' }] }))
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .join(' ')
  const words: Readonly<Record<string, string>> = {
    ...{
      norms: 'norms of one FTE',
      closingDays: 'closing days',
      systems: 'systems',
      channels: 'HL7 channels',
    },
    ...{
      deployments: 'deployments with their triggers and baselines',
      chains: 'chains',
      upkeep: 'hours of upkeep',
    },
  }
  const { hospitals } = ConfigFile.parse({ ontregel: 1, hospitals: [{ id: 'west', name: 'West' }] })
  const parts = Object.entries(hospitals[0] ?? {}).flatMap(([name, part]) =>
    Array.isArray(part) ? [name] : [],
  )
  expect(parts.toSorted()).toEqual(Object.keys(words).toSorted())
  for (const word of Object.values(words)) expect(head).toContain(word)
})
