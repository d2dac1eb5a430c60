import { Failure } from '../../connectors/failure.ts'

/** Behind which item a page begins. */
export interface Cursor {
  /** When it arrived, microseconds since 1970 as PostgreSQL keeps them: a Date would round, and show an item twice. */
  readonly at: string
  readonly id: string
}

const FORM = /^(\d{1,18})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The cursor as text that goes to a page and comes back. */
export const writeCursor = ({ at, id }: Cursor): string => `${at}-${id}`

/** @throws business when it is none of ours */
export function readCursor(text: string): Cursor {
  const [, at, id] = FORM.exec(text) ?? []
  if (at !== undefined && id !== undefined) return { at, id }
  const sentence = 'Field cursor: this is not where a page ends; begin again without it.'
  throw new Failure('business', 'field-invalid', sentence)
}
