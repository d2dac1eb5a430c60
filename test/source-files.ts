import { readFile, readdir } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')

/** A file of ours, with its path from the root (always with `/`) and what it imports. */
export interface SourceFile {
  readonly file: string
  readonly text: string
  /** Paths from the root for our own files, else the name of the package (`node:fs`, `zod`). */
  readonly imports: readonly string[]
}

const SKIPPED = /^(node_modules|\.git|\.ontregel|coverage|dist|\.building-.*)$/

/** Every file below the root with one of these endings, in order of name. */
export async function findFiles(...endings: string[]): Promise<string[]> {
  const found = await walk('')
  return found.filter((file) => endings.some((ending) => file.endsWith(ending))).toSorted()
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { withFileTypes: true })
  const below = entries.map(async (entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (SKIPPED.test(entry.name) || entry.isSymbolicLink()) return []
    return entry.isDirectory() ? walk(path) : [path]
  })
  return (await Promise.all(below)).flat()
}

/** All TypeScript and JavaScript of the project. */
export async function readSourceFiles(): Promise<SourceFile[]> {
  const files = await findFiles('.ts', '.tsx', '.js')
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(ROOT, file), 'utf8')
      return { file, text, imports: importsOf(file, text) }
    }),
  )
}

const IMPORTS = [
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g,
]

/** What a file imports: statically, for its effect, dynamically, and for types only. */
export function importsOf(file: string, text: string): string[] {
  const found = IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []))
  return found.map((name) => (name.startsWith('.') ? fromRoot(file, name) : name))
}

function fromRoot(file: string, name: string): string {
  return normalize(join(dirname(file), name))
    .split(sep)
    .join('/')
}
