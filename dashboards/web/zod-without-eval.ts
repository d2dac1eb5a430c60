import { config } from 'zod'

/** Zod would write code at run time to be quicker, which the content policy forbids. Before any schema is made. */
config({ jitless: true })
