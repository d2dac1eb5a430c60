import type { WebSystem } from '../../connectors/browser/session.ts'
import { fromDutchDate } from '../../connectors/dutch-date.ts'
import { open } from '../../connectors/browser/page-answers.ts'
import { changed, part, readList } from '../../connectors/browser/screen-parts.ts'
import type { Line } from '../../connectors/browser/screen-parts.ts'

/** The portal's inbox: which referrals are new, a page at a time. */
const INBOX = {
  name: 'inbox.referrals',
  table: 'Verwijzingen',
  parts: { number: 'Verwijsnummer', date: 'Datum', specialty: 'Specialisme', status: 'Status' },
} as const
const NEW = 'Nieuw'

export interface NewReferral {
  readonly referralNumber: string
  /** `2026-11-21` */
  readonly referralDate: string
  /** As the portal calls it. */
  readonly specialty: string
}

/** The new referrals of the first `maxPages` pages, in the inbox's order. */
export async function readInbox(portal: WebSystem, maxPages: number): Promise<readonly NewReferral[]> {
  const found: NewReferral[] = []
  let path: string | undefined = `/postvak?status=${NEW}`
  for (let page = 1; path !== undefined && page <= maxPages; page += 1) {
    const { lines, next }: InboxPage = await readPage(portal, path)
    const fresh = lines.filter(({ cells }) => cells.status === NEW)
    found.push(...fresh.map((line) => toReferral(portal, line)))
    path = next
  }
  return found
}

interface InboxPage {
  readonly lines: readonly Line<keyof typeof INBOX.parts>[]
  readonly next: string | undefined
}

async function readPage(portal: WebSystem, path: string): Promise<InboxPage> {
  const page = await portal.page()
  const heading = part(portal, page, 'inbox.heading', { role: 'heading', name: 'Postvak verwijzingen' })
  await open(portal, path, { inbox: heading }, 'the heading "Postvak verwijzingen"')
  const next = part(portal, page, 'inbox.next', { role: 'link', name: 'Volgende pagina' })
  const lines = await readList(portal, page, INBOX)
  // Opened by its address instead of clicked: the next page has the same heading, so a click could read this one twice.
  return {
    lines,
    next: (await next.count()) > 0 ? ((await next.getAttribute('href')) ?? undefined) : undefined,
  }
}

function toReferral(portal: WebSystem, { cells }: InboxPage['lines'][number]): NewReferral {
  const referralDate = fromDutchDate(cells.date)
  if (referralDate === undefined) throw changed(portal, 'a date in each row of the inbox')
  return { referralNumber: cells.number, referralDate, specialty: cells.specialty }
}
