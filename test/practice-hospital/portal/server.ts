import type { Account } from '../accounts.ts'
import type { Hospital } from '../hospital.ts'
import { alerts, faultsIn } from '../web/form.ts'
import { addSignIn, enter } from '../web/sign-in.ts'
import { createSite, SHOWS_PATIENT, type Listening } from '../web/site.ts'
import { notice, type Answer, type Visit } from '../web/visit.ts'
import { letterPdf } from './letter.ts'
import { confirmPage, HANDLE_FIELDS, inboxPage, referralPage, TITLE } from './pages.ts'
import { openReferrals, type Referral } from './referrals.ts'

const IDLE_MS = 20 * 60_000

/** The referral portal: inbox, detail page with the letter, and marking as handled in two steps. */
export async function startPortal(hospital: Hospital, account: Account, port: number): Promise<Listening> {
  const referrals = openReferrals(hospital)
  const site = await createSite(hospital, { title: TITLE, cookie: 'portaal_sessie', idleMs: IDLE_MS })
  addSignIn(site, account, (_request, reply) => enter(site, account, reply))
  const withReferral = (visit: Visit, answer: (referral: Referral) => Answer): Answer => {
    const referral = referrals.get(visit.parameter('number'))
    return referral ? answer(referral) : notice(TITLE, 'Niet gevonden', 'Deze verwijzing bestaat niet.', 404)
  }
  site.page('GET', '/', () => ({ to: '/postvak?status=Nieuw' }))
  site.page('GET', '/postvak', ({ query, change }) => {
    const shown = { status: query('status') || 'Nieuw', page: Math.max(1, Number(query('pagina')) || 1) }
    return { page: inboxPage(referrals.all(), shown, change) }
  })
  const detail = (visit: Visit) =>
    withReferral(visit, (asked) => {
      const others = referrals.all().filter(({ number }) => number !== asked.number)
      const referral = visit.other ? { ...(others[0] ?? asked), number: asked.number } : asked
      return { page: referralPage(referral, [], {}, visit.change) }
    })
  site.page('GET', '/verwijzingen/:number', detail, SHOWS_PATIENT)
  site.page('GET', '/verwijzingen/:number/brief.pdf', async (visit) => {
    const referral = referrals.get(visit.parameter('number'))
    if (!referral) return notice(TITLE, 'Niet gevonden', 'Deze brief bestaat niet.', 404)
    return { bytes: await letterPdf(referral), type: 'application/pdf', name: `brief-${referral.number}.pdf` }
  })
  site.page('POST', '/verwijzingen/:number/afhandelen', (visit) =>
    withReferral(visit, (referral) => {
      const wrong = wrongIn(referral, visit)
      return wrong ?? { page: confirmPage(referral, visit.form) }
    }),
  )
  site.change('/verwijzingen/:number/afgehandeld', {
    check: (visit) => withReferralOrNothing(referrals.get(visit.parameter('number')), visit),
    apply: (visit) => ({ answer: handle(hospital, visit) }),
  })
  return site.listen(port)
}

function withReferralOrNothing(referral: Referral | undefined, visit: Visit): Answer | undefined {
  if (!referral) return notice(TITLE, 'Niet gevonden', 'Deze verwijzing bestaat niet.', 404)
  return wrongIn(referral, visit)
}

function wrongIn(referral: Referral, { form }: Visit): Answer | undefined {
  const wrong = faultsIn(HANDLE_FIELDS, form)
  return wrong.length > 0 ? { status: 422, page: referralPage(referral, [alerts(wrong)], form) } : undefined
}

function handle(hospital: Hospital, { parameter, form, account }: Visit): Answer {
  const referrals = openReferrals(hospital)
  const key = parameter('number')
  const referral = referrals.get(key)
  if (!referral) return notice(TITLE, 'Niet gevonden', 'Deze verwijzing bestaat niet.', 404)
  const { registratienummer: registration = '', kenmerk: marker = '' } = form
  referrals.put(key, { ...referral, handled: { registration, marker } })
  hospital.witness.record({ kind: 'referral-handled', key, marker, account, detail: { registration } })
  return { to: `/verwijzingen/${key}` }
}
