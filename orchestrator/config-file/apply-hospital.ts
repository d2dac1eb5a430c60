import { Failure } from '../../connectors/failure.ts'
import { applyPlan } from '../ledger/apply-plan.ts'
import { saveChannel } from '../ledger/channel-records.ts'
import { recordChange, sameJson } from '../ledger/changes.ts'
import { putClosingDay, readClosingDays } from '../ledger/closing-days.ts'
import { DeploymentPlan, withoutChoices } from '../ledger/deployment-plan.ts'
import { readPlan, writtenPlan, type PlannedDeployment } from '../ledger/read-plan.ts'
import { putHospital } from '../ledger/setup.ts'
import { saveSystem } from '../ledger/system-records.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { addNorm, readNorms } from '../savings/norms.ts'
import { problemsOf, setFourEyes, wantsFourEyes } from '../work/put-to-work.ts'
import { readPlannedSystem } from '../work/system-form.ts'
import { applyEach, notYetThere, problemAt, refusedAt, type Applying } from './apply-entries.ts'
import { putChains, putUpkeep } from './apply-savings.ts'
import type { ConfiguredHospital } from './config-schema.ts'
import type { ConfigProblem } from './read-config.ts'

type Step = (
  tx: LedgerDatabase,
  hospital: ConfiguredHospital,
  applying: Applying,
) => Promise<readonly ConfigProblem[]>

/** In this order, for each needs what stands before it. */
const STEPS: readonly Step[] = [
  putNamed,
  putNorms,
  putClosingDays,
  putSystems,
  putChannels,
  checkDeployments,
  putDeployments,
  putChains,
  putUpkeep,
]

/** Applies one hospital of a file; gives what is not right, after which nothing of it may be kept. */
export async function applyHospital(
  tx: LedgerDatabase,
  hospital: ConfiguredHospital,
  applying: Applying,
): Promise<readonly ConfigProblem[]> {
  for (const step of STEPS) {
    const problems = await step(tx, hospital, applying)
    if (problems.length > 0) return problems
  }
  return []
}

async function putNamed(
  tx: LedgerDatabase,
  { id, name, fourEyes }: ConfiguredHospital,
  applying: Applying,
): Promise<readonly ConfigProblem[]> {
  const by = { hospital: id, account: applying.account }
  const before = await tx.selectFrom('hospital').select('name').where('id', '=', id).executeTakeFirst()
  await putHospital(tx, { id, name, norms: [] })
  await recordChange(tx, { ...by, what: 'hospital', subject: id, before: before?.name ?? null, after: name })
  if (!fourEyes && (await wantsFourEyes(tx, id))) {
    const sentence =
      'a file does not take the second account away: turn it off in the pages, or write true here.'
    return [problemAt(applying, [], 'fourEyes', sentence)]
  }
  await setFourEyes(tx, by, fourEyes)
  return []
}

async function putNorms(tx: LedgerDatabase, { id, norms }: ConfiguredHospital, applying: Applying) {
  const there = (await readNorms(tx, id)).map(({ hospital: _hospital, ...norm }) => norm)
  return await applyEach(applying, 'norms', notYetThere(norms, there), async (norm) => {
    if (norm) await addNorm(tx, applying, { hospital: id, ...norm })
  })
}

async function putClosingDays(
  tx: LedgerDatabase,
  { id, closingDays }: ConfiguredHospital,
  applying: Applying,
) {
  const there = await readClosingDays(tx, id)
  const by = { hospital: id, account: applying.account }
  return await applyEach(applying, 'closingDays', notYetThere(closingDays, there), async (day) => {
    if (day) await putClosingDay(tx, by, day)
  })
}

async function putSystems(tx: LedgerDatabase, { id, systems }: ConfiguredHospital, applying: Applying) {
  const by = { hospital: id, account: applying.account }
  return await applyEach(applying, 'systems', systems, (system) =>
    saveSystem(tx, by, readPlannedSystem(id, system)),
  )
}

async function putChannels(tx: LedgerDatabase, { id, channels }: ConfiguredHospital, applying: Applying) {
  const by = { hospital: id, account: applying.account }
  return await applyEach(applying, 'channels', channels, (channel) => saveChannel(tx, by, channel))
}

type Configured = ConfiguredHospital['deployments'][number]

/** All that is wrong with all of them at once: to find it out changes nothing. */
async function checkDeployments(tx: LedgerDatabase, hospital: ConfiguredHospital, applying: Applying) {
  const problems: ConfigProblem[] = []
  for (const [place, deployment] of hospital.deployments.entries()) {
    const { plan } = parted(deployment)
    if (await standsAsItIs(tx, hospital.id, deployment)) continue
    const around = { bots: applying.bots, isAccount: undefined }
    for (const { field, sentence } of await problemsOf(tx, hospital.id, plan, around))
      problems.push(problemAt(applying, ['deployments', place], field, sentence))
  }
  return problems
}

async function putDeployments(tx: LedgerDatabase, hospital: ConfiguredHospital, applying: Applying) {
  for (const [place, deployment] of hospital.deployments.entries()) {
    try {
      await putDeployment(tx, hospital.id, deployment, applying)
    } catch (error) {
      return [refusedAt(applying, ['deployments', place], error)]
    }
  }
  return []
}

async function putDeployment(
  tx: LedgerDatabase,
  hospital: string,
  deployment: Configured,
  applying: Applying,
) {
  const { id, mode, plan } = parted(deployment)
  if (await standsAsItIs(tx, hospital, deployment)) return
  if (mode === 'live' && (await wantsFourEyes(tx, hospital))) throw secondAccount()
  await applyPlan(tx, { hospital, account: applying.account }, { id, mode, plan, today: applying.today })
}

async function standsAsItIs(tx: LedgerDatabase, hospital: string, deployment: Configured): Promise<boolean> {
  const { id, mode, plan } = parted(deployment)
  const wanted = { id, hospital, mode, plan, stoppedAt: null, stoppedReason: null }
  return sameJson(standing(await readPlan(tx, hospital, id)), standing(wanted))
}

function standing(deployment: PlannedDeployment | undefined) {
  if (!deployment) return null
  const baselines = deployment.plan.baselines.map(withoutChoices)
  return writtenPlan({ ...deployment, plan: { ...deployment.plan, baselines } })
}

function parted({ id, mode, ...plan }: Configured): {
  id: string
  mode: Configured['mode']
  plan: DeploymentPlan
} {
  return { id, mode, plan: DeploymentPlan.parse(plan) }
}

const secondAccount = () =>
  new Failure(
    'business',
    'second-account',
    'Field mode: this hospital wants four eyes before something goes live: write shadow, and have it approved in the pages.',
  )
