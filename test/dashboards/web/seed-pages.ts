import type { ExampleName } from '../../../dashboards/web/page.ts'
import type { Installation } from '../../../orchestrator/installation.ts'
import { seedAdministering } from './seed-administering.ts'
import { seedItems } from './seed-items.ts'
import { seedMessages } from './seed-messages.ts'
import { seedProgramme } from './seed-programme.ts'
import { seedSetup } from './seed-setup.ts'

/** The ids of what was made at `noord`, by the names that a row of the table of pages may ask for. */
export type SeededExamples = Readonly<Record<ExampleName, string>>

/**
 * Fills both hospitals with what pages show: systems, deployments in every mode, items in every state, evidence,
 * messages, alarms and a worker, through the functions that the product itself writes with.
 */
export async function seedPages({
  db,
  secrets,
}: Pick<Installation, 'db' | 'secrets'>): Promise<SeededExamples> {
  for (const hospital of ['noord', 'zuid']) await seedSetup(db, hospital)
  const made = await seedItems({ db, secrets }, 'noord')
  await seedItems({ db, secrets }, 'zuid')
  const message = await seedMessages({ db, secrets }, 'noord')
  await seedMessages({ db, secrets }, 'zuid')
  await seedProgramme(db, 'noord-insurance-check')
  const draft = await seedAdministering(db, 'noord')
  return {
    draft,
    deployment: 'noord-insurance-check',
    system: 'epd',
    bot: 'insurance-check',
    channel: 'noord-adt',
    message,
    ...made,
  }
}
