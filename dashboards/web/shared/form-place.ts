import { createContext, use } from 'react'
import type { FormNode } from './form-values.ts'

/** What the fields of one form share. */
interface FormPlace {
  /** What the ids of its fields begin with. */
  readonly name: string
  /** What is wrong, by the place of the field: `limits.connectMs`. */
  readonly problems: ReadonlyMap<string, string>
}

export const FormContext = createContext<FormPlace>({ name: 'form', problems: new Map() })

/** A field, list or group of a generated form. */
export interface FieldProps {
  readonly node: FormNode
  /** Where it stands: `['limits', 'connectMs']`. */
  readonly path: readonly string[]
  /** What it is called when the schema has no title for it. */
  readonly title: string
  readonly needed: boolean
  readonly value: unknown
  /** `undefined` when nothing is filled in any more. */
  readonly onChange: (value: unknown) => void
}

/** Of a field: the id it has and what is wrong with it. */
export function useFieldPlace(path: readonly string[]): { id: string; error: string | undefined } {
  const { name, problems } = use(FormContext)
  return { id: [name, ...path].join('_'), error: problems.get(path.join('.')) }
}

export const titleOf = ({ node, title }: Pick<FieldProps, 'node' | 'title'>): string =>
  typeof node['title'] === 'string' ? node['title'] : title
