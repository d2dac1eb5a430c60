import { beforeAll, describe, expect, test } from 'vitest'
import { alarmTexts } from '../../../dashboards/web/shared/failure-texts-work.ts'
import { FAILURE_AREAS } from '../../../dashboards/web/shared/failure-texts.ts'
import { ALARM_KINDS } from '../../../orchestrator/ledger/alarm-kinds.ts'
import { readSourceFiles, type SourceFile } from '../../source-files.ts'
import { findRaised, type Factory, type Raised } from './failure-codes.ts'

const SOURCES = /^(bots|connectors|orchestrator|dashboards\/(server|reports))\/.*\.ts$/

/** What is wrong with a plan or a row of a list is told without a failure. */
const OTHER_MAKERS: readonly Factory[] = [
  { file: 'orchestrator/work/check-plan.ts', name: 'problem', place: 1 },
  { file: 'orchestrator/triggers/list/read-list.ts', name: 'error', place: 1 },
  { file: 'orchestrator/reported/row-problems.ts', name: 'rowProblem', place: 1 },
]

/** Codes that stand in a table, in SQL or are put together; the scan of calls cannot see those. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  'connectors/browser/allowed-hosts.ts': ['address-invalid', 'allowed-host-invalid'],
  'connectors/browser/fields.ts': [
    ...['field-missing', 'field-ambiguous', 'field-closed', 'field-too-long', 'field-no-option'],
    'field-differs',
  ],
  'connectors/fhir/interruption.ts': [
    ...['unreachable', 'certificate-refused', 'no-answer', 'connection-lost', 'answer-too-large', 'stopped'],
  ],
  'connectors/fhir/outcome.ts': [
    ...['sign-in-refused', 'forbidden', 'not-supported', 'too-large', 'rejected', 'locked', 'busy'],
    ...['redirected', 'request-refused', 'not-found', 'address-unknown', 'deleted', 'server-error'],
    ...['version-conflict', 'conflict', 'several-match'],
  ],
  'connectors/fhir/check-server.ts': ['version', 'conditional-create', 'transaction', 'post-search'],
  'dashboards/server/error-answer.ts': ['unforeseen', 'too-large', 'too-many', 'request-invalid'],
  'dashboards/server/items/list-routes.ts': ['row-known'],
  'orchestrator/ledger/attention.ts': ['deployment-stopped', 'run-failed'],
  'orchestrator/ledger/comparing.ts': ['target-differs'],
  'orchestrator/ledger/deployments.ts': ['deployment-stopped'],
  'orchestrator/ledger/fhir-polls.ts': ['fhir-poll', 'fhir-subscription'],
  'orchestrator/ledger/message-order.ts': ['message-aside'],
  'orchestrator/ledger/message-retention.ts': ['messages-overdue'],
  'orchestrator/ledger/messages.ts': ['message-differs'],
  'orchestrator/ledger/sweeping.ts': ['worker-lost'],
  'orchestrator/ledger/transition.ts': ['late'],
  'orchestrator/reported/row-problems.ts': ['rows-invalid'],
  'orchestrator/savings/database-refusal.ts': [
    ...['baseline-stays', 'baseline-overlaps', 'chain-adds-up', 'chain-overlaps', 'chain-too-early'],
    ...['chain-stays', 'realised-within-net', 'realised-meanwhile'],
  ],
  'orchestrator/savings/difference-alarms.ts': ['recount-differs'],
  'orchestrator/savings/over-signed.ts': ['realised-over-net'],
  'orchestrator/savings/recount-overdue.ts': ['recount-overdue'],
  'orchestrator/triggers/channels.ts': ['channel-shut'],
  'orchestrator/work/check-system.ts': ['no-seat'],
  'orchestrator/work/circuit.ts': ['circuit-open'],
  'orchestrator/work/keep-access.ts': ['access-log-changed'],
  'orchestrator/work/run-item.ts': ['contradicted'],
}

/** Who tells a failure on as it was. */
const TOLD_ON = [
  'connectors/browser/screen-parts.ts',
  'orchestrator/triggers/list/read-list.ts',
  'orchestrator/triggers/try-draft.ts',
  'orchestrator/work/act.ts',
  'orchestrator/work/check-plan.ts',
]

/** What no page can show, with where it is told instead. */
const NO_PAGE: Readonly<Record<string, readonly string[]>> = {
  'starting: in the terminal, before there are pages': [
    ...['data-folder-closed', 'database-not-made', 'database-not-started', 'database-not-stopped'],
    ...['database-role', 'database-roles', 'database-stuck', 'database-unusable', 'database-version'],
    ...['no-embedded-postgresql', 'no-ordinary-account', 'postgresql-does-not-run'],
    ...['settings', 'queue-unsafe', 'web-port', 'key-invalid'],
  ],
  'the command line only: changing keys, and putting a file of settings in': [
    ...['key-by-hand', 'key-not-taken', 'keys-changed', 'config-invalid'],
  ],
}

const texts = FAILURE_AREAS.flatMap(({ whole, part }) => [...Object.entries(whole), ...Object.entries(part)])
const known = texts.map(([code]) => code)
/** Of each alarm that SQL puts in: the kinds that its text names. */
const alarmKinds = (text: string): string[][] =>
  [...text.matchAll(/INTO alarm\b[^`]*`/g)].map(([statement]) =>
    ALARM_KINDS.filter((kind) => statement.includes(`'${kind}'`)),
  )
let sources: SourceFile[]
let raised: Raised[]

beforeAll(async () => {
  sources = (await readSourceFiles()).filter(({ file }) => SOURCES.test(file))
  raised = findRaised(sources, OTHER_MAKERS)
})

const inSources = () => new Set([...raised.flatMap(({ codes }) => codes), ...Object.values(ELSEWHERE).flat()])
const noPage = Object.values(NO_PAGE).flat()

describe('the Dutch words for a failure', () => {
  test('are there for every code that a page can show', () => {
    const codes = inSources()
    expect(codes.size).toBeGreaterThan(200)
    expect([...codes].filter((code) => !known.includes(code) && !noPage.includes(code)).toSorted()).toEqual(
      [],
    )
  })

  test('are of codes that exist, once', () => {
    const codes = inSources()
    expect(known.filter((code) => !codes.has(code))).toEqual([])
    expect(noPage.filter((code) => !codes.has(code) || known.includes(code))).toEqual([])
    expect(known.filter((code, place) => known.indexOf(code) !== place)).toEqual([])
  })

  test('say that the sentence names more, where it is put together', () => {
    const whole = new Set(FAILURE_AREAS.flatMap((area) => Object.keys(area.whole)))
    const naming = raised.filter(({ names }) => names).flatMap(({ codes }) => codes)
    expect(naming.filter((code) => whole.has(code))).toEqual([])
  })

  test('speak to nobody in particular, and are sentences', () => {
    for (const [code, text] of texts) {
      expect(text, code).toMatch(/^[A-Z].*\.$/)
      expect(text, code).not.toMatch(/\b(u|uw|je|jouw|jij)\b|\{\{|["']/i)
    }
  })
})

describe('the words for an alarm', () => {
  test('are there for every kind; in English it is its own sentence', () => {
    expect(ALARM_KINDS.filter((kind) => !(kind in alarmTexts.part))).toEqual([])
  })

  test('miss no kind that SQL puts in: what types cannot see', () => {
    const put = sources.flatMap(({ file, text }) =>
      file.startsWith('orchestrator/') ? alarmKinds(text).map((kinds) => ({ file, kinds })) : [],
    )
    expect(put.length).toBeGreaterThan(5)
    expect(put.filter(({ kinds }) => kinds.length !== 1)).toEqual([])
  })

  test('are asked of a kind that nobody named', () => {
    const named = ALARM_KINDS.filter((kind) => alarmKinds(`INSERT INTO alarm SELECT '${kind}'\``)[0]?.length)
    expect(named).toEqual([...ALARM_KINDS])
    expect(alarmKinds("INSERT INTO alarm SELECT 'never-named'`")).toEqual([[]])
  })
})

describe('the codes that are written down elsewhere', () => {
  test('stand there', () => {
    for (const [file, codes] of Object.entries(ELSEWHERE)) {
      const text = sources.find((source) => source.file === file)?.text.replaceAll('_', '-') ?? ''
      for (const code of codes)
        expect(text.includes(code) || /^(field|address|allowed-host)-/.test(code), `${file}: ${code}`).toBe(
          true,
        )
    }
  })

  test('are all those that a scan of calls cannot see', () => {
    const listed = new Set([...Object.keys(ELSEWHERE), ...TOLD_ON])
    expect(raised.filter(({ unread, file }) => unread && !listed.has(file))).toEqual([])
  })
})

describe('the scan', () => {
  const scan = (text: string) =>
    findRaised([{ file: 'a.ts', text, imports: [] }]).flatMap(({ codes }) => codes)

  test.each([
    ["throw new Failure('business', 'plain', 'It.')", ['plain']],
    ["throw new Failure('business', late ? 'one' : 'two', 'It.')", ['one', 'two']],
    ["const no = (code: string) => new Failure('business', code, 'It.')\nthrow no('handed')", ['handed']],
    [
      "function outer(code: string) { return inner('x', code) }\nfunction inner(a: string, code: string) { throw new Failure('unsure', code, a) }\nouter('twice')",
      ['twice'],
    ],
  ])('sees %s', (text, codes) => {
    expect(scan(text)).toEqual(codes)
  })

  test('says when it cannot see a code', () => {
    const text = "throw new Failure('business', table[0], `It ${names}.`)"
    expect(findRaised([{ file: 'a.ts', text, imports: [] }])).toEqual([
      { file: 'a.ts', codes: [], unread: true, names: true },
    ])
  })

  test('follows a code into another file only from where that is imported', () => {
    const maker = {
      file: 'a.ts',
      text: "export const no = (code: string) => new Failure('unsure', code, '')",
      imports: [],
    }
    const user = { file: 'b.ts', text: "no('mine')", imports: ['a.ts'] }
    const other = { file: 'c.ts', text: "no('other')", imports: [] }
    expect(findRaised([maker, user, other]).flatMap(({ codes }) => codes)).toEqual(['mine'])
  })
})
