import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { defineBot, type Bot } from '../../../bots/bot.ts'
import { silentLog } from '../../../connectors/log.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { openingSystems } from '../../../orchestrator/work/opening-systems.ts'
import type { SystemOpener } from '../../../orchestrator/work/systems.ts'

/** A robot that tells a system by HL7 of one patient's appointment: the item's value is the patient's number. */
export const tellingBot: Bot = defineBot({
  name: 'test-bot',
  title: { nl: 'Melden', en: 'Tell' },
  purpose: { nl: 'Meldt een afspraak.', en: 'Tells of an appointment.' },
  activity: 'reporting',
  variants: { plain: { nl: 'gewoon', en: 'plain' } },
  settings: z.object({}),
  systems: { ris: 'hl7' },
  acts: { tell: { title: { nl: 'Melden', en: 'Tell' }, verifiable: false } },
  item: z.object({ reference: z.string(), value: z.string() }),
  reference: (item) => item.reference,
  async process({ reference, value }, { act, marker, systems: { ris } }) {
    const message = ris.message({
      ...{ type: 'SIU', trigger: 'S12', structure: 'SIU_S12', marker },
      segments: [
        ['SCH', reference],
        ['PID', '1', undefined, [value, undefined, undefined, 'ZIS']],
      ],
    })
    await act('tell', ris.sending(message))
    return { variant: 'plain' }
  },
})

export const openerOf = (db: LedgerDatabase): SystemOpener =>
  openingSystems({
    ...{ db, secrets: secretBox(randomBytes(32)), log: silentLog },
    ...{ chromium: undefined, environment: {} },
  })
