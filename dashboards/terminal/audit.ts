import type { Command } from 'commander'
import { Failure } from '../../connectors/failure.ts'
import type { Installation } from '../../orchestrator/installation.ts'
import { linkAccess } from '../../orchestrator/ledger/access-chain.ts'
import { verifyAccess, type AccessVerdict, type KeptEnd } from '../../orchestrator/ledger/access-verify.ts'
import { withExamples } from './help-texts.ts'
import { localTime } from './local-time.ts'
import { outJson, withInstallation, type Terminal } from './terminal.ts'

interface VerifyOptions {
  readonly hospital?: string
  readonly end?: string
  readonly json?: boolean
}

/** `audit`: whether the access log is as it was written. */
export function addAudit(program: Command, terminal: Terminal): void {
  const audit = program.command('audit').description('The access log: who saw data of patients.')
  withExamples(audit, [['ontregel audit verify', 'whether the log is as it was written']])
  const verify = audit
    .command('verify')
    .description(
      'Compute the chain of the access log anew: ends with 1 at the first row that was changed, removed or added.',
    )
    .option('--hospital <id>', 'of this hospital only')
    .option(
      '--end <number:hash>',
      'also compare with an end that was kept elsewhere, such as in last night’s log',
    )
    .option('--json', 'as JSON')
    .action(async (options: VerifyOptions) => {
      const verdicts = await withInstallation(terminal, (installation) => verifyAll(installation, options))
      if (options.json) outJson(terminal, verdicts)
      else for (const verdict of verdicts) terminal.out(told(verdict))
      if (verdicts.some(({ wrong }) => wrong)) terminal.endWith(1)
    })
  withExamples(verify, [
    ['ontregel audit verify', 'every hospital'],
    ['ontregel audit verify --hospital oost --end 48210:5f0c…', 'and with an end that was kept elsewhere'],
  ])
}

async function verifyAll({ db, secrets }: Installation, options: VerifyOptions): Promise<AccessVerdict[]> {
  const kept = options.end === undefined ? [] : [keptEnd(options.end)]
  if (kept.length > 0 && options.hospital === undefined)
    throw new Failure(
      'business',
      'field-invalid',
      'Option --end: give --hospital too, for each has a chain of its own.',
    )
  while ((await linkAccess(db, secrets)) > 0);
  const hospitals = await db.selectFrom('hospital').select('id').orderBy('id').execute()
  const wanted = hospitals.filter(({ id }) => options.hospital === undefined || id === options.hospital)
  if (wanted.length === 0)
    throw new Failure('business', 'field-invalid', 'Option --hospital: there is no such hospital.')
  const verdicts: AccessVerdict[] = []
  for (const { id } of wanted) verdicts.push(await verifyAccess(db, secrets, id, { kept }))
  return verdicts
}

/** As it stands in the log: a number, and the hash in groups. */
function keptEnd(text: string): KeptEnd {
  const found = /^(\d{1,15}):([0-9a-f-]+)$/i.exec(text)
  const hash = found?.[2]?.replaceAll('-', '').toLowerCase() ?? ''
  if (hash.length === 64) return { number: Number(found?.[1]), hash }
  throw new Failure(
    'business',
    'field-invalid',
    'Option --end: write it as number:hash, as the log has them.',
  )
}

const ZONE = 'Europe/Amsterdam'

function told({ hospital, rows, from, to, waiting, end, wrong }: AccessVerdict): string {
  const place = wrong?.entry === undefined || wrong.entry === null ? '' : ` (row ${wrong.entry})`
  if (wrong) return `${hospital}: number ${wrong.number}${place} does not fit. ${wrong.sentence}`
  if (rows === 0 && waiting === 0) return `${hospital}: there are no rows.`
  const since = `from ${localTime(from, ZONE)} to ${localTime(to, ZONE)}`
  const rest = waiting > 0 ? ` ${waiting} came in meanwhile.` : ''
  return `${hospital}: all ${rows} rows fit, ${since}.${rest} It ends at ${end.number}:${end.hash}`
}
