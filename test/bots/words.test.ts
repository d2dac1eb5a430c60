import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineBot, type Bot, type Text } from '../../bots/bot.ts'
import { bots } from '../../bots/index.ts'
import { doneTitle, evidenceTitle, words } from '../../bots/words.ts'

const Named = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  words: z
    .object({
      title: z.object({ nl: z.string(), en: z.string() }),
      hint: z.object({ nl: z.string(), en: z.string() }).optional(),
    })
    .optional(),
})

type Both = readonly [place: string, text: Text | undefined]

/** What each field at this place and below it is called and told. */
function fieldsOf(place: string, schema: unknown): Both[] {
  const { properties = {}, items } = Named.parse(schema)
  const own = Object.entries(properties).flatMap(([name, field]): Both[] => {
    const { words: said } = Named.parse(field)
    const at = `${place}.${name}`
    const hint: Both[] = said?.hint ? [[`${at} (hint)`, said.hint]] : []
    return [[at, said?.title], ...hint, ...fieldsOf(at, field)]
  })
  return items === undefined ? own : [...own, ...fieldsOf(place, items)]
}

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })

/** Every place where a person reads a word of this bot. */
function textsOf(bot: Bot): Both[] {
  const named = (what: string, all: Readonly<Record<string, Text>>): Both[] =>
    Object.entries(all).map(([name, text]) => [`${what} ${name}`, text])
  const titles = (what: string, all: Readonly<Record<string, { readonly title: Text }>>) =>
    named(what, Object.fromEntries(Object.entries(all).map(([name, { title }]) => [name, title])))
  const rights = Object.entries(bot.systemRoles ?? {}).map(([name, role]) => [name, role.rights] as const)
  return [
    ['title', bot.title],
    ['purpose', bot.purpose],
    ...named('variant', bot.variants),
    ...named('step', bot.steps ?? {}),
    ...titles('act', bot.acts ?? {}),
    ...titles('system', bot.systemRoles ?? {}),
    ...named('rights', Object.fromEntries(rights)),
    ...fieldsOf('settings', schemaOf(bot.settings)),
    ...fieldsOf('item', schemaOf(bot.item)),
  ]
}

const nameless = (bot: Bot): string[] =>
  textsOf(bot)
    .filter(([, text]) => !text || text.nl.trim() === '' || text.en.trim() === '')
    .map(([place]) => place)

test.each([...bots.values()])('every word of $name is there in Dutch and in English', (bot) => {
  expect(nameless(bot)).toEqual([])
  expect(Object.keys(bot.steps ?? {})).not.toEqual([])
  expect(Object.keys(bot.acts ?? {})).not.toEqual([])
  expect(Object.keys(bot.variants)).not.toEqual([])
})

const both = { nl: 'Naam', en: 'Name' }
const without = { nl: 'Naam', en: ' ' }

function botWith({ act = both, step = both, variant = both, setting = both, entry = both, field = both }) {
  const list = z.array(z.object({ one: z.string().meta(words(entry)) }))
  return defineBot({
    ...{ name: 'b', title: both, purpose: both, activity: 'reporting', systems: {} },
    variants: { plain: variant },
    acts: { press: { title: act, verifiable: false } },
    steps: { look: step },
    settings: z.object({ list: list.meta(words(setting)) }),
    item: z.object({ id: z.string().meta(words(both, field)) }),
    reference: ({ id }) => id,
    process: () => Promise.resolve({ variant: 'plain' }),
  })
}

test.each([
  ['act', 'act press'],
  ['step', 'step look'],
  ['variant', 'variant plain'],
  ['setting', 'settings.list'],
  ['entry', 'settings.list.one'],
  ['field', 'item.id (hint)'],
])('a bot whose %s lacks a language is found', (part, place) => {
  expect(nameless(botWith({}))).toEqual([])
  expect(nameless(botWith({ [part]: without }))).toEqual([place])
})

test('a field without words is found', () => {
  const bot = botWith({})
  expect(nameless({ ...bot, item: z.object({ id: z.string() }) })).toEqual(['item.id'])
})

test('a step and an act have their name, what another version did has none', () => {
  const bot = botWith({})
  expect([doneTitle(bot, 'press'), doneTitle(bot, 'look')]).toEqual([both, both])
  expect([
    doneTitle(bot, 'gone'),
    doneTitle(bot, 'constructor'),
    doneTitle(bot, null),
    doneTitle(undefined, 'press'),
  ]).toEqual([undefined, undefined, undefined, undefined])
})

test('evidence is called after the step or act that it shows, at its system', () => {
  const bot = bots.get('insurance-check')
  const picture = (label: string) => evidenceTitle(bot, { label, mediaType: 'image/png' })
  expect(picture('insurer: check at the insurer')).toEqual({
    nl: 'insurer: Controleren bij de verzekeraar',
    en: 'insurer: Check at the insurer',
  })
  for (const other of ['insurer: of another version', 'check at the insurer', ''])
    expect(picture(other)).toBeUndefined()
  const unknown = { label: 'insurer: check at the insurer', mediaType: 'image/png' }
  expect(evidenceTitle(undefined, unknown)).toBeUndefined()
})

test('what shows a failure and what recorded the browser have words too, also of a robot that is gone', () => {
  const called = (label: string, mediaType: string) => evidenceTitle(undefined, { label, mediaType })?.nl
  expect(called('insurer: stopped: page-unexpected', 'image/png')).toBe(
    'insurer: Wat de robot zag toen hij stopte',
  )
  expect(called('insurer: stopped: page-unexpected', 'text/plain')).toMatch(/^insurer: Gedane stappen/)
  expect(called('insurer: trace', 'application/zip')).toBe('insurer: Opname van de browser')
})
