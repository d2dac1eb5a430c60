import { putClosingDay } from '../../../orchestrator/ledger/closing-days.ts'
import { saveDraft } from '../../../orchestrator/ledger/drafts.ts'
import { readPlan } from '../../../orchestrator/ledger/read-plan.ts'
import { askCheck, finishCheck } from '../../../orchestrator/ledger/system-checks.ts'
import { holdSystem } from '../../../orchestrator/ledger/system-state.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'

/** What administrators have in hand: a draft, closing days, a system that is held and one that was tried. Gives the draft's id. */
export async function seedAdministering(db: LedgerDatabase, hospital: string): Promise<string> {
  const by = { hospital, account: `administrator.${hospital}` }
  const year = new Date().getFullYear()
  await putClosingDay(db, by, { day: `${year}-12-24`, name: 'Brugdag' })
  await putClosingDay(db, by, { day: `${year}-12-31`, name: 'Oudjaarsdag' })
  await holdSystem(db, by, 'portaal', { reason: 'Onderhoud door de leverancier', until: null })
  const check = await askCheck(db, { hospital, system: 'epd', account: by.account })
  const sentence = 'Secret "system/epd" is not filled in at hospital noord: enter it.'
  await finishCheck(db, check, [{ code: 'secret-missing', right: false, sentence }])
  const draft = `${hospital}-insurance-check-2`
  const plan = (await readPlan(db, hospital, `${hospital}-insurance-check`))?.plan
  if (!plan) throw new Error('The hospital has a deployment of the insurance check.')
  const triggers = plan.triggers.map((trigger) => ({ ...trigger, id: `${draft}-schedule` }))
  await saveDraft(db, by, draft, { ...plan, triggers, baselines: [] })
  return draft
}
