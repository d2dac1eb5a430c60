import { z } from 'zod'
import { PlannedChannel } from '../../../orchestrator/ledger/channel-setup.ts'

const filled = z.string().min(1, 'enter the key as PEM text').max(20_000)

/** `PUT /api/hospitals/:hospital/channels/:channel` */
export const SaveChannel = PlannedChannel.omit({ id: true }).extend({
  /** Of the certificate; the one that was entered stays when it is left out. */
  key: z.strictObject({ key: filled, passphrase: z.string().max(1000).optional() }).optional(),
})
