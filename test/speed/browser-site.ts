import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What is filled in, in the order of the page; the names of the fields are the keys. */
export const FORM: Readonly<Record<string, { readonly label: string; readonly value: string }>> = {
  surname: { label: 'Achternaam', value: 'Proef' },
  initials: { label: 'Voorletters', value: 'A.B.' },
  born: { label: 'Geboortedatum', value: '1970-01-31' },
  street: { label: 'Straat', value: 'Voorbeeldlaan' },
  number: { label: 'Huisnummer', value: '12' },
  postcode: { label: 'Postcode', value: '1234 AB' },
  place: { label: 'Plaats', value: 'Utrecht' },
  phone: { label: 'Telefoon', value: '030 000 00 00' },
  practice: { label: 'Praktijk', value: 'De Brug' },
  reason: { label: 'Reden van verwijzing', value: 'Klachten sinds drie weken' },
}
export const ACCOUNT = { user: 'robot', password: 'snel-en-veilig' } as const

/** A system with a sign-in page, a list of work and a form, with the style and script that such pages carry. */
const STYLE = Array.from(
  { length: 800 },
  (_, index) => `.veld${index} input { margin: ${index % 9}px; border: 1px solid #ccc }`,
).join('\n')
const SCRIPT = `${Array.from({ length: 800 }, (_, index) => `function deel${index}(x) { return x + ${index} }`).join('\n')}
document.addEventListener('input', (event) => { event.target.dataset.changed = deel3(1) })`

const head =
  '<!doctype html><html lang=nl><link rel=stylesheet href=/style.css><script src=/script.js></script>'
const SIGN_IN = `${head}<h1>Aanmelden</h1><form method=post action=/login><label>Gebruiker <input name=user></label>
  <label>Wachtwoord <input name=password type=password></label><button>Aanmelden</button></form>`
const START = `${head}<h1>Werklijst</h1><table><tbody>${'<tr><td>Verwijzing<td>open<td>nieuw</tr>'.repeat(60)}</table>`
const fields = Object.entries(FORM).map(
  ([name, { label }]) => `<p><label for=${name}>${label}</label> <input id=${name} name=${name}></p>`,
)
const FORM_PAGE = `${head}<h1>Registreren</h1><form method=post action=/form>${fields.join('')}<button>Opslaan</button></form>`
const SAVED = `${head}<h1>Opgeslagen</h1>`

const counts = { right: 0, wrong: 0 }

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  body: URLSearchParams,
): string | undefined {
  const signedIn = (request.headers.cookie ?? '').includes('session=1')
  if (request.url === '/counts') return JSON.stringify(counts)
  if (request.url === '/login') {
    if (request.method === 'GET') return SIGN_IN
    if (body.get('password') !== ACCOUNT.password) return SIGN_IN
    response.writeHead(303, { 'set-cookie': 'session=1; HttpOnly; Path=/', location: '/' }).end()
    return undefined
  }
  if (!signedIn) {
    response.writeHead(303, { location: '/login' }).end()
    return undefined
  }
  if (request.url !== '/form') return START
  if (request.method === 'GET') return FORM_PAGE
  const whole = Object.entries(FORM).every(([name, { value }]) => body.get(name) === value)
  counts[whole ? 'right' : 'wrong'] += 1
  return SAVED
}

const FILES: Readonly<Record<string, readonly [type: string, content: string]>> = {
  '/style.css': ['text/css', STYLE],
  '/script.js': ['text/javascript', SCRIPT],
}

function serve(request: IncomingMessage, response: ServerResponse): void {
  const file = FILES[request.url ?? '']
  if (file) return void response.writeHead(200, { 'content-type': file[0] }).end(file[1])
  if (request.url === '/favicon.ico') return void response.writeHead(404).end()
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    const page = answer(request, response, new URLSearchParams(Buffer.concat(chunks).toString()))
    if (page !== undefined) response.end(page)
  })
}

if (process.send) {
  process.on('disconnect', () => process.exit())
  process.once('message', () => {
    const server = createServer({ keepAliveTimeout: 60_000 }, serve).listen(0, '127.0.0.1', () => {
      process.send?.({ port: (server.address() as AddressInfo).port })
    })
  })
}
