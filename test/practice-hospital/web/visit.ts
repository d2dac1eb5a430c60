import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Values } from './form.ts'
import { markup, page, type Markup } from './html.ts'

/** One request by somebody who is signed in. */
export interface Visit {
  readonly account: string
  /** Of the path; empty when absent. */
  readonly parameter: (name: string) => string
  readonly query: (name: string) => string
  /** The posted fields; a file shows as `<field>`, `<field>.size` and `<field>.sha256`. */
  readonly form: Values
  /** The number of a page change (fault `page-changed`). */
  readonly change?: number
  /** The page shows somebody else than was asked for (fault `other-patient`). */
  readonly other?: boolean
}

export type Answer =
  | { readonly page: Markup; readonly status?: number }
  | { readonly to: string }
  | { readonly bytes: Uint8Array; readonly type: string; readonly name: string }

const valuesSchema = z.record(z.string(), z.coerce.string())

/** Reads the request once; the page change and the other patient are added by whoever drew a fault. */
export async function readVisit(request: FastifyRequest, account: string): Promise<Visit> {
  const parameters = valuesSchema.parse(request.params)
  const query = valuesSchema.parse(request.query)
  const form = request.isMultipart() ? await readParts(request) : valuesSchema.parse(request.body ?? {})
  return { account, form, parameter: (name) => parameters[name] ?? '', query: (name) => query[name] ?? '' }
}

/** Sends the answer, with the first known label renamed when `renamed`. */
export async function sendAnswer(
  reply: FastifyReply,
  answer: Answer,
  renamed = false,
): Promise<FastifyReply> {
  if ('to' in answer) return reply.redirect(answer.to, 303)
  if ('bytes' in answer) {
    reply.header('content-disposition', `attachment; filename="${answer.name}"`)
    return reply.type(answer.type).send(Buffer.from(answer.bytes))
  }
  const { markup } = answer.page
  reply.header('cache-control', 'no-store').status(answer.status ?? 200)
  return reply.type('text/html; charset=utf-8').send(renamed ? renameLabel(markup) : markup)
}

/** A page that only says something, such as that it went wrong. */
export function notice(application: string, heading: string, sentence: string, status = 200): Answer {
  return { status, page: page(application, heading, markup`<p>${sentence}</p>`) }
}

const RENAMED: readonly (readonly [was: string, is: string])[] = [
  ['Verwijsnummer', 'Nummer verwijzing'],
  ['Geboortedatum', 'Geb. datum'],
  ['Registratienummer', 'Registratie-ID'],
  ['Verwijsdatum', 'Datum brief'],
  ['Zaaknummer', 'Zaak-ID'],
  ['Bestand', 'Document'],
  ['Naam', 'Patiëntnaam'],
  ['Kenmerk', 'Referentie'],
]

function renameLabel(markup: string): string {
  const found = RENAMED.find(([was]) => markup.includes(`>${was}<`))
  return found ? markup.replace(`>${found[0]}<`, `>${found[1]}<`) : markup
}

async function readParts(request: FastifyRequest): Promise<Values> {
  const values: Record<string, string> = {}
  for await (const part of request.parts()) {
    if (part.type === 'field') values[part.fieldname] = String(part.value)
    else {
      const bytes = await part.toBuffer()
      values[part.fieldname] = part.filename
      values[`${part.fieldname}.size`] = String(bytes.length)
      values[`${part.fieldname}.sha256`] = createHash('sha256').update(bytes).digest('hex')
    }
  }
  return values
}
