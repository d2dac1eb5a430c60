import type { Act, Hit } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import type { ActPlan } from '../ledger/acts.ts'
import type { Clock, Timing } from './timing.ts'

/** Why an item ended without a failure of its own: somebody else has it, or the unsure press proved not to have happened. */
export class Ended extends Error {
  readonly how: 'left' | 'not-there' | 'repeat' | 'contradicted'
  readonly plan: ActPlan | undefined

  constructor(how: Ended['how'], message: string, plan?: ActPlan) {
    super(message)
    this.how = how
    this.plan = plan
  }
}

/**
 * Looks an unsure act up at the target, twice with a settle time between (README.md: an act, step 9).
 * @throws Ended when it proved not to have happened or stands there otherwise; a Failure when that cannot be told
 */
export async function lookTwice<Pressed>(
  plan: ActPlan,
  act: Act<Pressed>,
  options: { readonly clock: Clock; readonly timing: Timing; readonly signal: AbortSignal },
): Promise<Hit> {
  if (!act.find) {
    if (plan.repeatable) throw new Ended('repeat', 'It may be pressed again without harm.', plan)
    throw new Failure(
      'business',
      'cannot-look',
      `It is not known whether "${plan.name}" happened, and the robot cannot look it up. Look at the target.`,
    )
  }
  const first = await act.find()
  await options.clock.wait(options.timing.settleSeconds * 1000, options.signal)
  const second = await act.find()
  const [hit] = second
  if (second.length === 1 && hit?.same) return hit
  if (second.length > 0)
    throw new Ended(
      'contradicted',
      `"${plan.name}" stands at the target with other content or more than once.`,
      plan,
    )
  if (first.length === 0) throw new Ended('not-there', 'Looked twice, found nothing.', plan)
  throw new Failure(
    'transient',
    'looks-differ',
    `Two looks for "${plan.name}" gave different answers; it is looked up again later.`,
  )
}
