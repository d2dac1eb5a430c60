import { scrubBsn } from '../identity.ts'

/** Names that are the program's own words: labels of fields, buttons, columns. All other names may be a patient's. */
const KEEPS_NAME = new Set([
  'button',
  'textbox',
  'searchbox',
  'combobox',
  'checkbox',
  'radio',
  'spinbutton',
  'tab',
  'columnheader',
  'dialog',
  'form',
])
/** Inside these one line is one patient or case, and its buttons may say which. */
const RECORDS = new Set(['row', 'listitem', 'article', 'option', 'cell', 'gridcell', 'treeitem'])
const LINE = /^(\s*)- '?([a-z]+)(?: ("(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)*\/))?((?: \[[a-z]+(?:=[^\]]*)?\])*)/

/**
 * An accessibility snapshot (Playwright's YAML) reduced to what was built: roles, states, and the names of fields and
 * buttons outside of lists. Texts, values, links and whatever holds a digit are left out.
 */
export function snapshotWithoutPatients(snapshot: string): string {
  let record = Infinity
  const kept: string[] = []
  for (const line of snapshot.split('\n')) {
    const [, indent = '', role = '', quoted = '', states = ''] = LINE.exec(line) ?? []
    if (role === '' || role === 'text') continue
    if (indent.length <= record) record = RECORDS.has(role) ? indent.length : Infinity
    const named = KEEPS_NAME.has(role) && indent.length < record && !/\d/.test(quoted) && quoted.length <= 62
    kept.push(`${indent}- ${role}${named && quoted !== '' ? ` ${quoted}` : ''}${states}`)
  }
  return scrubBsn(kept.join('\n'))
}
