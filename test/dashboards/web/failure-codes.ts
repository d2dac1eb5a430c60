import { parseSync } from 'vite'
import { z } from 'zod'
import type { SourceFile } from '../../source-files.ts'

/** A place where a failure is made, with the codes that it can have there. */
export interface Raised {
  readonly file: string
  readonly codes: readonly string[]
  /** Whether nothing says which code it is: it comes from a table or another failure. */
  readonly unread: boolean
  /** Whether its sentence is put together there, so that it names something that a code alone does not. */
  readonly names: boolean
}

const node = z.looseObject({ type: z.string() })
type Node = z.output<typeof node>
const isNode = (value: unknown): value is Node => node.safeParse(value).success
const named = z.looseObject({ type: z.literal('Identifier'), name: z.string() })
const literal = z.looseObject({ type: z.literal('Literal'), value: z.string() })
const nodes = z.array(z.unknown())

interface Parsed {
  readonly file: string
  readonly tree: Node
  readonly imports: readonly string[]
}

/** A function that makes failures and is handed their code: `refused(field, code, remedy)`. */
export interface Factory {
  readonly file: string
  readonly name: string
  /** Which argument the code is, from 0. */
  readonly place: number
}

/**
 * Where the sources make failures, and where they call these other functions with a code. Follows a code through
 * functions that it is handed to, also in other files.
 */
export function findRaised(sources: readonly SourceFile[], others: readonly Factory[] = []): Raised[] {
  const files = sources.map(({ file, text, imports }) => ({
    file,
    imports,
    tree: node.parse(parseSync(file, text).program),
  }))
  const raised: Raised[] = []
  const waiting: Factory[] = [...others]
  const known = new Set<string>()
  const note = (seen: Seen) => {
    raised.push(seen.raised)
    for (const factory of seen.factories) {
      const key = `${factory.file} ${factory.name} ${factory.place}`
      if (!known.has(key)) waiting.push(factory)
      known.add(key)
    }
  }
  for (const parsed of files) callsOf(parsed, isFailure).forEach((call) => note(seenAt(parsed, call, 1)))
  for (let factory = waiting.pop(); factory; factory = waiting.pop()) {
    const { file, name, place } = factory
    const users = files.filter((parsed) => parsed.file === file || parsed.imports.includes(file))
    for (const parsed of users)
      callsOf(parsed, ({ callee }) => nameOf(callee) === name).forEach((call) =>
        note(seenAt(parsed, call, place)),
      )
  }
  return raised
}

interface Seen {
  readonly raised: Raised
  readonly factories: readonly Factory[]
}

interface Call {
  readonly call: Node
  /** The functions around it, the nearest first. */
  readonly within: readonly Node[]
}

function seenAt({ file, tree }: Parsed, { call, within }: Call, place: number): Seen {
  const handed = nodes.parse(call['arguments'])
  const codes: string[] = []
  const factories: Factory[] = []
  const look = (value: unknown): void => {
    const text = literal.safeParse(value)
    if (text.success) return void codes.push(text.data.value)
    if (!isNode(value)) return
    if (value.type === 'ConditionalExpression') return [value['consequent'], value['alternate']].forEach(look)
    const name = nameOf(value)
    if (name === undefined) return
    const maker = within.flatMap((around) => {
      const at = nodes.parse(around['params']).findIndex((param) => nameOf(param) === name)
      const called = at < 0 ? undefined : calledAs(around, tree)
      return called === undefined ? [] : [{ file, name: called, place: at }]
    })[0]
    if (maker) factories.push(maker)
    else constants(tree, name).forEach(look)
  }
  look(handed[place])
  const sentence = handed[place + 1]
  const names =
    isNode(sentence) && sentence.type === 'TemplateLiteral' && nodes.parse(sentence['expressions']).length > 0
  return { raised: { file, codes, names, unread: codes.length + factories.length === 0 }, factories }
}

function callsOf({ tree }: Parsed, wanted: (call: Node) => boolean): Call[] {
  const found: Call[] = []
  walk(tree, [], (at, within) => {
    if (/^(New|Call)Expression$/.test(at.type) && wanted(at)) found.push({ call: at, within })
  })
  return found
}

const isFailure = ({ type, callee }: Node): boolean =>
  type === 'NewExpression' && nameOf(callee) === 'Failure'

function nameOf(value: unknown): string | undefined {
  return named.safeParse(value).data?.name
}

/** What a function is called: by itself, or as the constant that it stands in. */
function calledAs(around: Node, tree: Node): string | undefined {
  const own = nameOf(around['id'])
  if (own !== undefined) return own
  let name: string | undefined
  walk(tree, [], (at) => {
    if (at.type === 'VariableDeclarator' && at['init'] === around) name = nameOf(at['id'])
  })
  return name
}

/** What constants of this name are in the file. */
function constants(tree: Node, name: string): unknown[] {
  const found: unknown[] = []
  walk(tree, [], (at) => {
    if (at.type === 'VariableDeclarator' && nameOf(at['id']) === name) found.push(at['init'])
  })
  return found
}

function walk(at: Node, within: readonly Node[], see: (at: Node, within: readonly Node[]) => void): void {
  see(at, within)
  const inner = Array.isArray(at['params']) ? [at, ...within] : within
  for (const value of Object.values(at))
    for (const child of Array.isArray(value) ? value : [value])
      if (child !== null && typeof child === 'object' && 'type' in child && isNode(child))
        walk(child, inner, see)
}
