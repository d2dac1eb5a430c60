import type { z } from 'zod'
import type { LogLine } from '../../server/operate/log-schemas.ts'
import type { ListedMessage } from '../../server/operate/message-schemas.ts'
import type { Workers } from '../../server/operate/worker-schemas.ts'

/** What the API tells, by the names that this room has for it. */
export type Worker = z.output<typeof Workers>[number]
export type Line = z.output<typeof LogLine>
export type Message = z.output<typeof ListedMessage>
