import { describe, expect, test } from 'vitest'
import { openCommandLine } from './run-cli.ts'

const COMMANDS = [
  'serve',
  'worker',
  'link',
  'bots',
  'deployments',
  'run',
  'items',
  'item',
  'channels',
  'messages',
  'hl7',
  'savings',
  'config',
  'alarms',
  'audit',
  'secrets',
  'doctor',
]

describe.concurrent('help', () => {
  test('lists every command, on stdout', async () => {
    await using line = await openCommandLine()
    const { code, out, err } = await line.run(['--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const listed = [...out.matchAll(/^ {2}([a-z][a-z0-9]*)(?= .*(\[options\]| {2}))/gm)].map(
      ([, name]) => name,
    )
    expect(listed.filter((name) => name !== 'ontregel')).toEqual(COMMANDS)
  })

  test.each(COMMANDS)('of %s has examples, and needs no settings to be right', async (command) => {
    await using line = await openCommandLine('no address')
    const { code, out } = await line.run([command, '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`Examples:\n.*ontregel ${command}`))
  })
})

describe.concurrent('wrong usage ends with code 2 and says what is right', () => {
  test.each([
    [[], 'Usage: ontregel'],
    [['dance'], "unknown command 'dance'"],
    [['items', '--state', 'lost'], 'queued, claimed, armed, unsure, done, parked, cancelled'],
    [['items', '--limit', 'many'], 'whole number'],
    [['items', '--color'], "unknown option '--color'"],
    [['run'], "missing required argument 'deployment'"],
    [['savings', '--from', '2026-01-01'], '--from and --to'],
    [
      ['savings', 'recount', '--from', '2026-01-01', '--to', '2026-01-31', '--format', 'csv'],
      'Allowed choices are table, json',
    ],
    [['item', '3f2a81c0', 'cancel', '--reason', 'sent twice'], 'cancel needs --minutes, --account'],
    [['messages', 'skip', '3f2a81c0', '--account', 'jdv01'], 'skip needs --reason'],
    [['messages', 'replay', '--account', 'jdv01'], 'replay needs the id of a message'],
    [['hl7', 'send', 'day.hl7'], 'send needs --to host:port'],
    [['hl7', 'eat', 'day.hl7'], 'check, send'],
    [['item', '3f2a81c0', 'destroy'], 'give-back, done-by-hand, cancel'],
  ])('%j', async (args, sentence) => {
    await using line = await openCommandLine('no address')
    const { code, out, err } = await line.run(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(sentence)
    expect(err).toContain('--help')
  })
})

describe('failures end with code 1', () => {
  test('a setting that is not right is named, its value is not', async () => {
    await using line = await openCommandLine('geheim')
    const { code, out, err } = await line.run(['items'])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('DATABASE_URL must look like')
    expect(err).not.toContain('geheim')
  })

  test('a database that is away: says what to run, and nothing of the password', async () => {
    await using line = await openCommandLine('postgres://nobody:geheim@127.0.0.1:1/none')
    const { code, err } = await line.run(['items'])
    expect(code).toBe(1)
    expect(err).toContain('ontregel doctor')
    expect(err).not.toContain('geheim')
  })

  test('a worker without a database says where to get one', async () => {
    await using line = await openCommandLine()
    const { code, err } = await line.run(['worker'])
    expect(code).toBe(1)
    expect(err).toContain('set DATABASE_URL')
  })
})
