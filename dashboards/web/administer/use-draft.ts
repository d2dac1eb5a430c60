import { useState } from 'react'
import { DraftSaved } from '../../server/administer/draft-schemas.ts'
import type { AskError } from '../shared/ask.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage } from '../shared/use-texts.ts'
import type { Draft, Plan } from './answers.ts'
import type { CalledBy } from './change-place.ts'
import { draftWords, type DraftOf } from './draft-words.ts'

export type Problem = Draft['problems'][number]

export interface DraftInHand {
  readonly plan: Plan
  readonly change: (part: Partial<Plan>) => void
  /** Keeps it; `then` when that is done. */
  readonly save: (then: () => void) => void
  readonly saving: boolean
  readonly error: AskError | null
  /** What is not right yet, as of the last time it was kept. */
  readonly problems: readonly Problem[]
  /** What is called in words what a problem names by its code. */
  readonly called: CalledBy
}

/** A draft as it is being filled in. */
export function useDraft(draft: Draft, of: DraftOf): DraftInHand {
  const inLanguage = useInLanguage()
  const { api } = useHospital()
  const [plan, setPlan] = useState(draft.plan)
  const [problems, setProblems] = useState(draft.problems)
  const touches = [`${api}/drafts`, `${api}/deployments`]
  const { mutate, isPending, error } = useChange({ answer: DraftSaved, method: 'PUT', touches })
  return {
    plan,
    change: (part) => setPlan({ ...plan, ...part }),
    save: (then) =>
      mutate(
        { path: `${api}/drafts/${draft.deployment}`, body: { plan } },
        {
          onSuccess: ({ problems: found }) => {
            setProblems(found)
            then()
          },
        },
      ),
    saving: isPending,
    error,
    problems,
    called: draftWords(of, inLanguage),
  }
}
