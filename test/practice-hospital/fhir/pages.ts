import type { Random } from '../random.ts'
import type { ResourceType } from './elements.ts'

/** The results of one search, kept so that its later pages neither repeat nor skip anything. */
export interface Page {
  readonly type: ResourceType
  readonly ids: readonly string[]
  readonly count: number
}

export interface Pages {
  /** Keeps results and gives the token to find them by. */
  keep(page: Page): string
  find(token: string): Page | undefined
}

const KEPT = 500

/** Keeps the newest 500 searches in memory; a restart forgets them, as real servers do. */
export function createPages(random: Random): Pages {
  const pages = new Map<string, Page>()
  return {
    keep: (page) => {
      const token = Array.from({ length: 16 }, () => random.integer(0, 35).toString(36)).join('')
      pages.set(token, page)
      const [oldest] = pages.keys()
      if (pages.size > KEPT && oldest) pages.delete(oldest)
      return token
    },
    find: (token) => pages.get(token),
  }
}
