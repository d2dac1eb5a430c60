import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { FastifyReply } from 'fastify'
import type { Accounts } from '../accounts.ts'
import { alerts, form, type Field } from '../web/form.ts'
import { markup, page } from '../web/html.ts'
import { addSignIn, enter } from '../web/sign-in.ts'
import type { Site } from '../web/site.ts'
import { readVisit, sendAnswer } from '../web/visit.ts'
import { TITLE } from './shell.ts'

const PENDING = 'epd_aanmelding'
const CODE: readonly Field[] = [{ name: 'code', label: 'Code', required: true }]

/** Password on the first page, then the six digits of TOTP on the second. */
export function addEpdSignIn(site: Site, account: Accounts['epd']): void {
  const waiting = new Set<string>()
  const totp = new TOTP({ secret: Secret.fromBase32(account.totpSecret) })
  const ask = (reply: FastifyReply, wrong: readonly string[], status = 200) => {
    const body = markup`${alerts(wrong)}${form({ action: '/aanmelden/code', button: 'Bevestigen', fields: CODE })}`
    return sendAnswer(reply, { status, page: page(TITLE, 'Aanmelden met code', body) })
  }
  addSignIn(site, account, (_request, reply) => {
    const id = randomUUID()
    waiting.add(id)
    reply.setCookie(PENDING, id, { path: '/aanmelden', httpOnly: true })
    return reply.redirect('/aanmelden/code', 303)
  })
  site.app.get('/aanmelden/code', async (_request, reply) => ask(reply, []))
  site.app.post('/aanmelden/code', async (request, reply) => {
    const pending = request.cookies[PENDING] ?? ''
    if (!waiting.has(pending)) return reply.redirect('/aanmelden', 303)
    const { form: values } = await readVisit(request, '')
    const timestamp = site.hospital.clock().getTime()
    const right = totp.validate({ token: (values['code'] ?? '').trim(), window: 1, timestamp }) !== null
    if (!right) return ask(reply, ['De code is onjuist.'], 401)
    waiting.delete(pending)
    return enter(site, account, reply)
  })
}
