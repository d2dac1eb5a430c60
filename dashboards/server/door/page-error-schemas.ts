import { z } from 'zod'

/**
 * `POST /api/page-errors`: a page of ours broke in a browser. Only where: an error's own text may quote what was on the
 * page.
 */
export const PageError = z.object({
  /** As in the table of pages: `/hospitals/$hospital/items/$item`. */
  page: z.string().regex(/^\/[\w$/-]{0,120}$/, 'must be the path of a page as the table of pages has it'),
  /** The error's class. */
  name: z.string().regex(/^\w{1,60}$/, 'must be the name of a class'),
  /** A file of the pages with line and column: `index-Ab12.js:1:2345`. */
  place: z.string().regex(/^[\w.~-]{0,120}(:\d{1,9}){0,2}$/, 'must be a file with line and column'),
})

/** What the person is told, and what the log has. */
export const PageErrorNoted = z.object({ number: z.string() })
