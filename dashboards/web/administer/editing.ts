import type { CataloguedBot, Draft, Forms } from './answers.ts'
import type { DraftInHand } from './use-draft.ts'

/** What every step of putting a robot to work is given. */
export interface StepProps {
  readonly draft: Draft
  readonly bot: CataloguedBot
  readonly forms: Forms
  readonly hand: DraftInHand
}

/** What every form of a trigger is given. */
export interface EditorProps<Kind> {
  readonly trigger: Kind
  readonly onChange: (trigger: Kind) => void
  /** What the server said of a place of this trigger, such as `conditions.0.field`. */
  readonly wrong: (place: string) => string | undefined
}
