import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Fault } from '../faults.ts'
import { notice, sendAnswer } from './visit.ts'

/** To the sign-in page; 401 for software that brings a token. */
export async function sessionGone(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (request.headers.authorization)
    return reply.status(401).type('text/plain; charset=utf-8').send('Niet aangemeld.')
  const expired = Object.keys(request.cookies).length > 0
  return reply.redirect(expired ? '/aanmelden?verlopen=1' : '/aanmelden', 303)
}

/** Answers 500, or breaks the connection, as the fault says. */
export async function breakOff(
  application: string,
  request: FastifyRequest,
  reply: FastifyReply,
  fault: Fault,
): Promise<FastifyReply> {
  if (fault.shows === 'reset') {
    reply.hijack()
    request.raw.socket.destroy()
    return reply
  }
  const sentence = 'Er is iets misgegaan bij het verwerken. Probeer het later opnieuw.'
  return sendAnswer(reply, notice(application, 'Er is een fout opgetreden', sentence, 500))
}

/** Answers 504 while the work goes on out of sight. */
export async function timeOut(application: string, reply: FastifyReply): Promise<FastifyReply> {
  const sentence = 'De toepassing gaf niet op tijd antwoord.'
  return sendAnswer(reply, notice(application, 'Geen antwoord', sentence, 504))
}
