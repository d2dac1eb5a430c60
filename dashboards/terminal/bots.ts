import type { Command } from 'commander'
import type { Bot } from '../../bots/bot.ts'
import { drawnTable } from './drawn-table.ts'
import { withExamples } from './help-texts.ts'
import { outJson, type Terminal } from './terminal.ts'

/** `bots`: the catalogue. */
export function addBots(program: Command, terminal: Terminal): void {
  const command = program
    .command('bots')
    .description('List the robots that this version has.')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { bots } = await import('../../bots/index.ts')
      const all = [...bots.values()].map(botFacts)
      if (json) outJson(terminal, all)
      else terminal.out(all.length > 0 ? botTable(all, terminal.width()) : 'This version has no robots.')
    })
  withExamples(command, [
    ['ontregel bots', 'as a table'],
    ['ontregel bots --json', 'for a program, with Dutch texts too'],
  ])
}

function botFacts(bot: Bot) {
  return {
    name: bot.name,
    title: bot.title,
    purpose: bot.purpose,
    activity: bot.activity,
    systems: bot.systems,
    variants: bot.variants,
    collects: bot.collect !== undefined,
    hl7: bot.hl7 !== undefined,
    fhir: bot.fhir !== undefined,
  }
}

type BotFacts = ReturnType<typeof botFacts>

function botTable(all: readonly BotFacts[], width: number): string {
  const rows = all.flatMap((bot) => {
    const systems = Object.entries(bot.systems).map(([role, kind]) => `${role} (${kind})`)
    const variants = Object.entries(bot.variants).map(([id, text]) => `${id} (${text.en})`)
    const facts = [
      ['', bot.purpose.en],
      ['starts by', startsBy(bot)],
      ['systems', systems.join(', ')],
      ['variants', variants.join(', ')],
    ] as const
    return [[bot.name, '', bot.title.en], ...facts.map(([name, text]) => ['', name, text])]
  })
  return drawnTable([{ head: 'Robot' }, { head: '' }, { head: 'What it is', wraps: true }], rows, width)
}

function startsBy({ collects, hl7, fhir }: BotFacts): string {
  const ways = [
    ...(collects ? ['looking for work itself (schedule or by hand)'] : []),
    ...(hl7 ? ['HL7 messages'] : []),
    ...(fhir ? ['FHIR changes'] : []),
  ]
  return ways.join(', ') || 'another robot that hands it items'
}
