import {
  putDeployment,
  putHospital,
  putSystem,
  type DeploymentSetup,
} from '../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'

const NAMES: Readonly<Record<string, string>> = { noord: 'Ziekenhuis Noord', zuid: 'Ziekenhuis Zuid' }

/** A hospital with three systems and three deployments: live, shadow and off. */
export async function seedSetup(db: LedgerDatabase, hospital: string): Promise<void> {
  const norms = [{ validFrom: '2024-01-01', name: 'planning', hoursPerYear: 1440 }]
  await putHospital(db, { id: hospital, name: NAMES[hospital] ?? hospital, norms })
  const system = { hospital, seats: 2, settings: {} }
  await putSystem(db, { ...system, id: 'epd', kind: 'web', address: 'https://epd.ziekenhuis.example' })
  await putSystem(db, {
    ...system,
    id: 'portaal',
    kind: 'web',
    address: 'https://portaal.verzekeraar.example',
  })
  await putSystem(db, { ...system, id: 'fhir', kind: 'fhir', address: 'https://fhir.ziekenhuis.example/r4' })
  for (const deployment of deploymentsOf(hospital)) await putDeployment(db, deployment)
}

function deploymentsOf(hospital: string): DeploymentSetup[] {
  const plain = { hospital, responsible: 'team planning', outsideSeconds: 60, parkedShare: 0.5 }
  return [
    {
      ...plain,
      id: `${hospital}-insurance-check`,
      bot: 'insurance-check',
      mode: 'live',
      settings: { workingDays: 10, insurers: ['0104', '0736'], appointmentSystem: 'urn:ziekenhuis:afspraak' },
      systems: { fhir: 'fhir', portal: 'portaal' },
      triggers: [{ id: `${hospital}-every-morning`, cron: '0 6 * * 1-5', missed: 'last' }],
      baselines: [baseline('first-check', 4.5), baseline('renewed', 2)],
    },
    {
      ...plain,
      id: `${hospital}-referral-intake`,
      bot: 'referral-intake',
      mode: 'shadow',
      settings: {},
      systems: { portal: 'portaal', epd: 'epd', fhir: 'fhir' },
      triggers: [{ id: `${hospital}-every-hour`, cron: '0 * * * *', missed: 'none' }],
      baselines: [baseline('known-patient', 6)],
    },
    {
      ...plain,
      id: `${hospital}-deceased-appointments`,
      bot: 'deceased-appointments',
      mode: 'off',
      settings: {},
      systems: { epd: 'epd', fhir: 'fhir' },
      triggers: [{ id: `${hospital}-a31`, messageTypes: ['ADT^A31'] }],
      baselines: [],
    },
  ]
}

const baseline = (variant: string, minutes: number) => ({
  variant,
  minutes,
  method: 'stopwatch' as const,
  n: 24,
  spreadMinutes: 1.2,
  measuredBy: 'team planning',
  measuredOn: '2025-01-06',
  validFrom: '2025-01-13',
  remeasureOn: '2027-01-13',
})
