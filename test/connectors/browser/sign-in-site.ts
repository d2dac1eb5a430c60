import { Secret, TOTP } from 'otpauth'
import type { WebSystemSettings } from '../../../connectors/browser/session.ts'
import { openSite, redirect } from './site.ts'
import type { Site } from './site.ts'

export const PASSWORD = 'Geheim-7tR!kx'
export const TOTP_SECRET = 'JBSWY3DPEHPK3PXP'
export const CREDENTIALS = { user: 'robot-epd', password: PASSWORD, totpSecret: TOTP_SECRET }

/** A system that asks for user, password and one-time code, takes each code once, and keeps sessions until told otherwise. */
export interface SignInSite extends Site {
  readonly signIns: number
  readonly refusals: number
  /** Ends every session. */
  expire(): void
}

/**
 * @param delay how many steps of 30 seconds a code may be late: one, as RFC 6238, section 5.2 advises, so that a code which
 * was right when it was given is right when it arrives
 */
export async function openSignInSite(now: () => number, delay = 1): Promise<SignInSite> {
  const sessions = new Set<string>()
  const used = new Set<string>()
  const counts = { signIns: 0, refusals: 0 }
  const totp = new TOTP({ secret: Secret.fromBase32(TOTP_SECRET) })
  const isCode = (token: string) => totp.validate({ token, timestamp: now(), window: delay }) !== null

  const site = await openSite((request, response, body) => {
    const cookie = /session=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
    const form = new URLSearchParams(body)
    if (request.url === '/login' && request.method === 'POST') {
      if (form.get('user') === CREDENTIALS.user && form.get('password') === PASSWORD) return codePage
      counts.refusals += 1
      return `${signInPage}<p>Onjuiste gegevens</p>`
    }
    if (request.url === '/code') {
      const code = form.get('code') ?? ''
      if (!isCode(code) || used.has(code)) return `${codePage}<p>Onjuiste gegevens</p>`
      used.add(code)
      counts.signIns += 1
      sessions.add(`s${counts.signIns}`)
      response.setHeader('set-cookie', `session=s${counts.signIns}; HttpOnly; Path=/`)
      return redirect(response, '/')
    }
    if (!sessions.has(cookie)) return request.url === '/login' ? signInPage : redirect(response, '/login')
    return startPage
  })
  return {
    ...site,
    get signIns() {
      return counts.signIns
    },
    get refusals() {
      return counts.refusals
    },
    expire: () => sessions.clear(),
  }
}

export function signInSystem(site: Site, more: Partial<WebSystemSettings> = {}): WebSystemSettings {
  return {
    id: 'epd',
    address: `${site.origin}/`,
    allowedHosts: [],
    seats: 4,
    signIn: {
      path: '/login',
      user: { label: 'Gebruiker' },
      password: { label: 'Wachtwoord' },
      submit: { button: 'Aanmelden' },
      code: { label: 'Code', submit: { button: 'Bevestigen' } },
      signedIn: { role: 'heading', name: 'Werklijst' },
      refused: { text: 'Onjuiste gegevens' },
    },
    ...more,
  }
}

const signInPage = `<h1>Aanmelden</h1><form method=post action=/login><label>Gebruiker <input name=user></label>
  <label>Wachtwoord <input name=password type=password></label><button>Aanmelden</button></form>`
const codePage = `<h1>Code</h1><form method=post action=/code><label>Code <input name=code></label><button>Bevestigen</button></form>`
const startPage = `<h1>Werklijst</h1><p>Welkom</p>`
