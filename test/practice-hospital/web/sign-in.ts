import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Account } from '../accounts.ts'
import { alerts, form, type Field } from './form.ts'
import { markup, page } from './html.ts'
import type { Site } from './site.ts'
import { readVisit, sendAnswer } from './visit.ts'

const FIELDS: readonly Field[] = [
  { name: 'gebruikersnaam', label: 'Gebruikersnaam', required: true },
  { name: 'wachtwoord', label: 'Wachtwoord', type: 'password', required: true },
]

/** Adds `/aanmelden` and `/afmelden`; `proceed` answers somebody whose password was right. */
export function addSignIn(
  site: Site,
  account: Account,
  proceed: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> | FastifyReply,
): void {
  const show = (reply: FastifyReply, sentences: readonly string[], status = 200) => {
    const body = markup`${alerts(sentences)}${form({ action: '/aanmelden', button: 'Aanmelden', fields: FIELDS })}`
    return sendAnswer(reply, { status, page: page(site.title, 'Aanmelden', body) })
  }
  site.app.get('/aanmelden', async (request, reply) => {
    const { query } = await readVisit(request, '')
    return show(reply, query('verlopen') ? ['Uw sessie is verlopen. Meld u opnieuw aan.'] : [])
  })
  site.app.post('/aanmelden', async (request, reply) => {
    const { form: values } = await readVisit(request, '')
    const right = same(values['gebruikersnaam'], account.user) && same(values['wachtwoord'], account.password)
    return right ? proceed(request, reply) : show(reply, ['Gebruikersnaam of wachtwoord is onjuist.'], 401)
  })
  site.app.post('/afmelden', async (request, reply) => {
    site.sessions.end(request)
    return reply.redirect('/aanmelden', 303)
  })
}

/** Opens the session and goes to the first page: the end of every sign-in. */
export function enter(site: Site, account: Account, reply: FastifyReply): FastifyReply {
  site.sessions.open(reply, account.user)
  return reply.redirect('/', 303)
}

function same(given: string | undefined, right: string): boolean {
  const [left, wanted] = [Buffer.from(given ?? ''), Buffer.from(right)]
  return left.length === wanted.length && timingSafeEqual(left, wanted)
}
