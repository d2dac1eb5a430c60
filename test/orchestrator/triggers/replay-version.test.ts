import { describe, expect, test } from 'vitest'
import { searchMessages } from '../../../orchestrator/ledger/message-search.ts'
import { replay } from '../../../orchestrator/triggers/handle-messages.ts'
import { routeMessage, type Routing } from '../../../orchestrator/triggers/hl7.ts'
import { botVersions } from '../../../orchestrator/work/bot-versions.ts'
import { messageAbout, openMessageBench, type MessageBench } from './message-bench.ts'

const AGAIN = { account: 'jdv01', version: 'installed' } as const
const SAME = { account: 'jdv01', version: 'same' } as const

/** As a worker of this installation reads, or one of an earlier version of the robot. */
const reading = (bench: MessageBench, version: string): Routing => ({
  ...bench,
  versions: new Map([['test-bot', version]]),
})
const installed = async () => (await botVersions(['test-bot'])).get('test-bot') ?? ''

describe('a replay to the same version of a robot', () => {
  test('is done where that version still runs, and left where another one read the message', async () => {
    await using bench = await openMessageBench()
    const [now = '', before = ''] = await bench.ids(
      messageAbout('M-1', ['4001']),
      messageAbout('M-2', ['4002']),
    )
    await routeMessage(reading(bench, await installed()), now)
    await routeMessage(reading(bench, '0.0.1+earlier'), before)
    expect(await replay(bench, [now, before], SAME)).toEqual({ again: [now], waited: 0, otherVersion: 1 })
    expect(await bench.states()).toEqual({ 'M-1': 'stored', 'M-2': 'routed' })
    expect(await replay(bench, [now, before], SAME)).toEqual({ again: [], waited: 1, otherVersion: 1 })
    // Twin: the version that runs now takes both.
    expect(await replay(bench, [before], AGAIN)).toEqual({ again: [before], waited: 0, otherVersion: 0 })
    await routeMessage(reading(bench, await installed()), before)
    expect(await replay(bench, [before], SAME)).toMatchObject({ again: [before] })
  })

  test('goes by who read it last, also when that set it aside; what no robot read, all may read', async () => {
    await using bench = await openMessageBench()
    const [aside = ''] = await bench.ids(messageAbout('M-1', ['4001'], 'ZZZ|X'))
    const [nobodys = ''] = await bench.ids(messageAbout('M-2', ['4002'], '', 'ADT^A01'))
    for (const id of [aside, nobodys]) await routeMessage(reading(bench, '0.0.1+earlier'), id)
    expect(await bench.states()).toEqual({ 'M-1': 'aside', 'M-2': 'ignored' })
    expect(await replay(bench, [aside, nobodys], SAME)).toEqual({
      again: [nobodys],
      waited: 0,
      otherVersion: 1,
    })
    bench.broken = false
    expect(await replay(bench, [aside], AGAIN)).toMatchObject({ again: [aside] })
    expect(await routeMessage(reading(bench, await installed()), aside)).toHaveLength(1)
    const [found] = await searchMessages(bench.db, { id: aside, limit: 1 })
    expect(found?.readBy).toEqual({ 'test-bot': await installed() })
  })
})
