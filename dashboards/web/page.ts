import type { ComponentType } from 'react'
import type { Role } from '../../orchestrator/ledger/roles.ts'
import { AREAS, type TextArea, type TextPart } from './text-parts.ts'
import type { TextKey } from './texts.ts'

/** The three groups of people, and what everybody has for oneself. */
export type NavigationGroup = 'administer' | 'operate' | 'programme' | 'own'

/** A row of the table of pages. What is not in the table does not exist. */
export interface Page {
  /** As the address bar shows it: `/hospitals/$hospital/items/$item`. Never anything of a patient, never a secret. */
  readonly path: string
  /** The name of the page: its title, its heading and its words in the navigation. */
  readonly title: TextKey
  /**
   * Who may open it; somebody else sees the page that says so. With `$hospital` in the path: one of these roles there;
   * without: one of these roles somewhere. The server judges again for each call.
   */
  readonly roles: 'anyone' | 'signed-in' | readonly Role[]
  /** Brings the page's own code, when it is opened first. */
  readonly load: () => Promise<{ readonly default: ComponentType }>
  /** Areas whose words it says besides those of its title's; a test knows when one is missing or no longer needed. */
  readonly words?: readonly TextArea[]
  /** Left out for a page that one comes to from another, such as that of one item. */
  readonly navigation?: { readonly group: NavigationGroup; readonly order: number }
  /** What the tests put at `$item` and its like: the name of a thing that the seeded hospital has. */
  readonly example?: Readonly<Record<string, ExampleName>>
}

/** Which words a page needs: pages of the door say only what the shell says, and are there from the start. */
export function partsOf({ title, words = [] }: Page): readonly TextPart[] {
  const own = AREAS.filter((area) => title.startsWith(`${area}.`))
  return own.length === 0 ? words : ['failures', ...own, ...words]
}

/** Things that `seedPages` of the tests makes, one of each at least. */
export type ExampleName =
  | 'deployment'
  | 'draft'
  | 'system'
  | 'bot'
  | 'item-done'
  | 'item-parked'
  | 'channel'
  | 'message'
  | 'worker'
  | 'run'
