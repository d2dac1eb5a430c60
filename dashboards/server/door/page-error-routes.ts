import { errorNumber } from '../error-answer.ts'
import { defineRoute, type Route } from '../route.ts'
import { PageError, PageErrorNoted } from './page-error-schemas.ts'

/** A page that breaks in a browser would otherwise be known to nobody but who saw it. */
export const pageErrorRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/page-errors',
    roles: 'signed-in',
    forPeople: true,
    summary:
      'Writes in the log that a page broke in a browser, and gives the number to tell the administrator.',
    body: PageError,
    answer: PageErrorNoted,
    handle({ body: { page, name, place } }, { installation: { log } }) {
      const number = errorNumber()
      log.error('a page broke', { number, route: `GET ${page}`, code: name, sentence: place })
      return Promise.resolve({ number })
    },
  }),
]
