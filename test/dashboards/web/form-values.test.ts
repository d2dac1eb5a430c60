import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { asNode, filledIn, fitting, kindOf, newEntry } from '../../../dashboards/web/shared/form-values.ts'
import { formOf } from '../../../dashboards/server/administer/form-of.ts'

const form = (shape: z.ZodRawShape) => asNode(formOf(z.object(shape), 'nl'))
const field = (schema: z.ZodType) => asNode(asNode(form({ field: schema })['properties'])['field'])

describe('what stands in a generated form at first', () => {
  test.each([
    ['a default', { days: z.int().default(3) }, undefined, { days: 3 }],
    ['what is filled in, before a default', { days: z.int().default(3) }, { days: 5 }, { days: 5 }],
    ['nothing where nothing is known', { name: z.string() }, undefined, {}],
    ['nothing of what may be left out', { way: z.object({ at: z.string() }).optional() }, {}, {}],
    [
      'defaults within a group',
      { limits: z.object({ ms: z.int().default(9) }).prefault({}) },
      {},
      { limits: { ms: 9 } },
    ],
    ['as many lines as a list needs', { codes: z.array(z.string()).min(1) }, {}, { codes: [''] }],
    ['no line of a list that may be left out', { codes: z.array(z.string()).min(1).optional() }, {}, {}],
    [
      'the entries of a list, with their defaults',
      { rows: z.array(z.object({ n: z.int().default(1) })) },
      { rows: [{}] },
      { rows: [{ n: 1 }] },
    ],
    ['an explicit nothing', { name: z.string().nullable() }, { name: null }, { name: null }],
    [
      'what a shape is known by',
      { way: z.union([z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]) },
      {},
      { way: { kind: 'a' } },
    ],
    ['what the form does not know', { name: z.string() }, { other: 1 }, { other: 1 }],
    ['no where a tick is asked', { sure: z.boolean(), more: z.boolean().optional() }, {}, { sure: false }],
  ])('is %s', (_, shape, value, filled) => {
    expect(filledIn(form(shape), value)).toEqual(filled)
  })
})

test.each([
  [z.string(), 'string'],
  [z.int(), 'integer'],
  [z.number(), 'number'],
  [z.boolean(), 'boolean'],
  [z.enum(['a', 'b']), 'enum'],
  [z.literal('a'), 'const'],
  [z.array(z.string()), 'array'],
  [z.object({}), 'object'],
  [z.union([z.string(), z.int()]), 'choice'],
  [z.object({ at: z.string() }).optional(), 'choice'],
  [z.any(), 'unknown'],
])('a part of a schema is drawn as what it is: %#', (schema, kind) => {
  expect(kindOf(field(schema))).toBe(kind)
})

test('the shape of a choice is found by what is filled in', () => {
  const shapes = field(
    z.union([
      z.object({ kind: z.literal('a'), size: z.int() }),
      z.object({ kind: z.literal('b') }),
      z.object({ text: z.string() }),
      z.string(),
      z.array(z.string()),
    ]),
  )
  expect(
    [{ kind: 'a' }, { kind: 'b' }, { text: 'x' }, 'x', [], 3].map((value) => fitting(shapes, value)),
  ).toEqual([0, 1, 2, 3, 4, 0])
})

test('a list gets an empty line, a group or nothing yet', () => {
  expect(newEntry(field(z.string()))).toBe('')
  expect(newEntry(field(z.object({ n: z.int().default(2) })))).toEqual({ n: 2 })
  expect(newEntry(field(z.number()))).toBeNull()
})
