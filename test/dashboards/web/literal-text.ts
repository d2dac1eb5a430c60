import { parseSync } from 'vite'
import { z } from 'zod'

/** What people read or hear of an element; other attributes are for the machine. */
const SPOKEN = new Set([
  'label',
  'title',
  'placeholder',
  'description',
  'alt',
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'caption',
  'lead',
  'hint',
  'sentence',
  'confirm',
  'error',
  'legend',
  'nothingFoundMessage',
])

/** Punctuation and marks between words belong to no language. */
const WORDS = /\p{L}{2,}/u

const node = z.looseObject({ type: z.string() })
const named = z.object({
  type: z.literal('JSXAttribute'),
  name: z.looseObject({ name: z.unknown() }),
  value: z.unknown(),
})
const text = z.object({ type: z.enum(['JSXText', 'Literal']), value: z.string() })
const template = z.object({
  type: z.literal('TemplateLiteral'),
  quasis: z.array(z.object({ value: z.object({ cooked: z.string() }) })),
})
const container = z.object({ type: z.literal('JSXExpressionContainer'), expression: z.unknown() })
const children = z.object({ type: z.enum(['JSXElement', 'JSXFragment']), children: z.array(z.unknown()) })

/** The words that stand in a .tsx itself, where no translation reaches them; `Ontregel` is a name in both languages. */
export function literalText(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source, { lang: 'tsx' })
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message ?? 'cannot be read'}`)
  return walk(program)
    .map((words) => words.trim())
    .filter((words) => WORDS.test(words) && words !== 'Ontregel')
}

function walk(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(walk)
  const parsed = node.safeParse(value)
  if (!parsed.success) return []
  return [...spokenIn(parsed.data), ...Object.values(parsed.data).flatMap(walk)]
}

function spokenIn(value: unknown): string[] {
  const attribute = named.safeParse(value)
  if (attribute.success) {
    const { name, value: given } = attribute.data
    return typeof name.name === 'string' && SPOKEN.has(name.name) ? wordsOf(given) : []
  }
  const element = children.safeParse(value)
  return element.success ? element.data.children.flatMap(wordsOf) : []
}

/** The words of a text, of a text in braces, or of the branches of a choice there. */
function wordsOf(value: unknown): string[] {
  const plain = text.safeParse(value)
  if (plain.success) return [plain.data.value]
  const filled = template.safeParse(value)
  if (filled.success) return filled.data.quasis.map(({ value: { cooked } }) => cooked)
  const braces = container.safeParse(value)
  if (braces.success) return wordsOf(braces.data.expression)
  const branches = z.looseObject({ consequent: z.unknown(), alternate: z.unknown() }).safeParse(value)
  return branches.success ? [...wordsOf(branches.data.consequent), ...wordsOf(branches.data.alternate)] : []
}
