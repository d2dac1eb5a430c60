import type { Locator } from 'playwright'
import { expectOneOf } from '../../connectors/browser/expect-page.ts'
import { pressOnce } from '../../connectors/browser/press.ts'
import type { WebSystem } from '../../connectors/browser/session.ts'
import { asFailure, Failure } from '../../connectors/failure.ts'
import { unlessBroken, watchAnswers } from '../../connectors/browser/page-answers.ts'
import type { Answers } from '../../connectors/browser/page-answers.ts'
import { part } from '../../connectors/browser/screen-parts.ts'

/** For an act's `press`: the one click, with an eye on what the system answers. Nothing else is done. */
export async function press(web: WebSystem, button: Locator | undefined): Promise<Answers> {
  if (!button) {
    const sentence = 'A button was to be pressed that was not made ready: tell the maker of the robot.'
    throw new Failure('unexpected', 'not-prepared', sentence, { system: web.id })
  }
  const answers = watchAnswers(await web.page(), web.id)
  await pressOnce(button)
  return answers
}

/**
 * For an act's `confirm`: `done` when the page says so, else why that is not known. A page that asks once more, after
 * the press, fails with `extra-confirmation` (unsure): its button would be a second press of the same change, and the
 * protocol allows one. Also when its text claims that nothing was recorded yet: a text is no proof, looking it up
 * later is. Only the form itself, shown again with what is wrong in it, proves that nothing happened
 * (`refused`, business).
 */
export async function seeWhetherDone(
  web: WebSystem,
  answers: Answers,
  shown: { readonly done: Locator; readonly refused: Locator },
): Promise<'done' | Failure> {
  const page = await web.page()
  const asksMore = part(web, page, 'asks-more', { role: 'heading', name: 'Nog een bevestiging' })
  const options = { system: web.id }
  const watched = unlessBroken(
    answers,
    expectOneOf(page, { ...shown, asksMore }, 'what became of it', options),
  )
  const seen = await watched.catch((error: unknown) => asFailure(error))
  answers.stop()
  if (seen === 'asksMore') throw extraConfirmation(web)
  if (seen === 'refused') throw refused(web)
  return seen
}

function extraConfirmation({ id: system }: WebSystem): Failure {
  const sentence = `After the press ${system} asked for one more confirmation. The robot presses once only: it is looked up later whether it was done.`
  return new Failure('unsure', 'extra-confirmation', sentence, { system })
}

function refused({ id: system }: WebSystem): Failure {
  const sentence = `${system} showed the form again and did not take it: nothing was recorded. Look at the referral, and do it by hand where a rule of the system stands in the way.`
  return new Failure('business', 'refused', sentence, { system })
}
