import type { Command } from 'commander'
import type { WithdrawingStep } from '../../orchestrator/ledger/withdrawn-items.ts'
import type { Import } from '../../orchestrator/reported/imports.ts'
import { drawnTable } from './drawn-table.ts'
import { positiveNumber, withExamples } from './help-texts.ts'
import { expectHospital } from './known-hospital.ts'
import { localMinute } from './local-time.ts'
import { sayingHowFar } from './long-work.ts'
import { checkAccount } from './savings-import.ts'
import { outJson, withInstallation, type Terminal } from './terminal.ts'

interface ImportsOptions {
  readonly hospital?: string
  readonly limit: number
  readonly json?: boolean
}

/** `savings imports` and `savings withdraw-import`: what was taken in, and taking one of these back as a whole. */
export function addSavingsImports(savings: Command, terminal: Terminal): void {
  const imports = savings
    .command('imports')
    .description(
      'List what was taken in from robots of another make, with what was withdrawn, the newest first.',
    )
    .option('--hospital <id>', 'only this hospital')
    .option('--limit <number>', 'how many at most of each hospital', positiveNumber, 20)
    .option('--json', 'as JSON')
    .action((options: ImportsOptions) => list(terminal, options))
  withExamples(imports, [['ontregel savings imports', 'their numbers, for withdraw-import']])
  const withdraw = savings
    .command('withdraw-import')
    .description(
      'Take an import back as a whole: its items count no more, as if they had never been reported, and can be reported again. Their history stays.',
    )
    .argument('<number>', 'the number of the import', positiveNumber)
    .requiredOption('--reason <words>', 'why; nothing about a patient')
    .requiredOption('--name <name>', 'who decides it')
    .requiredOption('--account <account>', 'who does it: your account, not your name')
    .action((id: number, said: { reason: string; name: string; account: string }) =>
      takeBack(terminal, { id, ...said }),
    )
  withExamples(withdraw, [
    [
      'ontregel savings withdraw-import 12 --reason "test data" --name "A. de Boer" --account ada',
      'take it back as a whole',
    ],
  ])
}

async function list(terminal: Terminal, { hospital, limit, json }: ImportsOptions): Promise<void> {
  const { readImports } = await import('../../orchestrator/reported/imports.ts')
  const found = await withInstallation(terminal, async ({ db }) => {
    const hospitals = await db.selectFrom('hospital').select(['id', 'time_zone']).orderBy('id').execute()
    expectHospital(
      hospital,
      hospitals.map(({ id }) => id),
    )
    const own = hospitals.filter(({ id }) => hospital === undefined || id === hospital)
    const each = own.map(async ({ id, time_zone: zone }) =>
      (await readImports(db, { hospital: id, limit })).map((row) => ({ hospital: id, zone, ...row })),
    )
    return (await Promise.all(each)).flat()
  })
  if (json)
    return outJson(
      terminal,
      found.map(({ zone: _zone, ...row }) => row),
    )
  if (found.length === 0) return terminal.out('Nothing was taken in yet.')
  const heads = ['', 'When', 'Hospital', 'By', 'Items', 'Done on'].map((head) => ({ head }))
  const rows = found.map(({ zone, ...row }) => [
    ...[
      String(row.id),
      localMinute(row.at, zone),
      row.hospital,
      row.by,
      String(row.items),
      daysOf(row),
      stateOf(row),
    ],
  ])
  terminal.out(drawnTable([...heads, { head: 'Deployments', wraps: true }], rows, terminal.width()))
}

function daysOf({ deployments }: Import): string {
  const days = deployments.flatMap(({ from, to }) => [from, to]).toSorted()
  return `${days[0] ?? ''} to ${days.at(-1) ?? ''}`
}

function stateOf({ deployments, withdrawn }: Import): string {
  const names = deployments.map(({ deployment }) => deployment).join(', ')
  return withdrawn ? `${names}; withdrawn by ${withdrawn.name}: ${withdrawn.reason}` : names
}

const STEPS: Readonly<Record<WithdrawingStep, string>> = {
  cases: 'deciding anew who counts the same cases',
  counts: 'taking it out of the counts',
  items: 'closing its items',
}

async function takeBack(
  terminal: Terminal,
  {
    id,
    ...said
  }: { readonly id: number; readonly reason: string; readonly name: string; readonly account: string },
): Promise<void> {
  checkAccount(said.account)
  const { withdrawImport } = await import('../../orchestrator/reported/withdraw-import.ts')
  const { withdrawn, countAgain, leftOut } = await withInstallation(terminal, async ({ db }) => {
    const row = await db
      .selectFrom('reported_import')
      .select('hospital')
      .where('id', '=', id)
      .executeTakeFirst()
    return await sayingHowFar(terminal, {
      steps: STEPS,
      work: (atStep) => withdrawImport(db, { id, hospital: row?.hospital ?? '', ...said, atStep }),
    })
  })
  terminal.out(`Import ${id} is withdrawn: ${withdrawn} items count no more and can be reported again.`)
  if (countAgain > 0)
    terminal.out(`Of the same cases ${countAgain} items of others, left out until now, count again.`)
  if (leftOut > 0)
    terminal.out(`Of the same cases ${leftOut} items of others, counted until now, are left out.`)
}
