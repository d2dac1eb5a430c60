import { isNode, LineCounter, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'
import { ConfigFile } from './config-schema.ts'

/** One thing that is not right about a file. */
export interface ConfigProblem {
  /** Such as `hospitals[0].systems[1].address`. */
  readonly path: string
  /** Counted from 1; undefined where the file has no such place. */
  readonly line: number | undefined
  readonly sentence: string
}

/** A file that was read, and where in it things stand. */
export interface ReadConfig {
  readonly config: ConfigFile
  readonly lineOf: (path: readonly PropertyKey[]) => number | undefined
}

/** More than this is no configuration; aliases that multiply are refused by the reader itself. */
const MOST_CHARACTERS = 5_000_000

/** @throws {Failure} `business` that lists every problem with its line, place and remedy */
export function readConfigFile(text: string): ReadConfig {
  if (text.length > MOST_CHARACTERS) throw refusedFile([{ ...whole, sentence: 'the file is too large.' }])
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const [broken] = document.errors
  if (broken) {
    const sentence = 'this is no YAML from here on: look at the spaces before the words and at the quotes.'
    throw refusedFile([{ path: '', line: broken.linePos?.[0].line, sentence }])
  }
  const lineOf = (path: readonly PropertyKey[]) => lineIn(document, lines, path)
  const result = ConfigFile.safeParse(contentOf(document))
  if (result.success) return { config: result.data, lineOf }
  throw refusedFile(result.error.issues.flatMap((issue) => problemsOf(issue, lineOf)))
}

const whole = { path: '', line: undefined }

function contentOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    const sentence = 'anchors and aliases are not taken: write each part out.'
    throw refusedFile([{ ...whole, sentence }], error)
  }
}

/** The same refusal for what turned out not to be right later on. */
export function refusedFile(problems: readonly ConfigProblem[], cause?: unknown): Failure {
  const lines = problems.map(({ path, line, sentence }) => {
    const place = [line === undefined ? '' : `line ${line}`, path].filter(Boolean).join(', ')
    return `\n- ${place ? `${place}: ` : ''}${sentence}`
  })
  const head = 'Nothing was changed: the file is not right. Correct it and apply it again:'
  return new Failure('business', 'config-invalid', head + lines.join(''), { cause })
}

type Issue = z.core.$ZodIssue

function problemsOf(issue: Issue, lineOf: ReadConfig['lineOf']): ConfigProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const path = [...issue.path, key]
      return {
        path: written(path),
        line: lineOf(path),
        sentence: 'is not known here: leave it out, or correct its name.',
      }
    })
  const sentence = `${issue.message.replace(/\.$/, '')}.`
  return [{ path: written(issue.path), line: lineOf(issue.path), sentence }]
}

/** `hospitals[0].id` */
export function written(path: readonly PropertyKey[]): string {
  return path
    .map((part, place) =>
      typeof part === 'number' ? `[${part}]` : `${place === 0 ? '' : '.'}${String(part)}`,
    )
    .join('')
}

/** The line of a place, or of what it would stand in. */
function lineIn(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return undefined
}
