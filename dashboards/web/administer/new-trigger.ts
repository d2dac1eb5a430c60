import type { CataloguedBot, Trigger } from './answers.ts'

/** A trigger to begin with, under an id that is not in use here. */
export function newTrigger(
  kind: Trigger['kind'],
  deployment: string,
  others: readonly Trigger[],
  bot: CataloguedBot,
): Trigger {
  const id = freeId(
    `${deployment}-${kind}`,
    others.map((one) => one.id),
  )
  switch (kind) {
    case 'schedule':
      return { kind, id, cron: '0 7 * * 1-5', missed: 'last', skipHolidays: true }
    case 'hl7':
      return { kind, id, messageTypes: ['ADT^A08'], conditions: [] }
    case 'fhir': {
      const role = bot.systems.find((one) => one.kind === 'fhir')?.role ?? ''
      const pace = { everySeconds: 60, overlapSeconds: 120, sorted: true, notified: false }
      return { kind, id, role, resourceType: 'Appointment', parameters: {}, ...pace }
    }
  }
}

function freeId(wanted: string, used: readonly string[]): string {
  if (!used.includes(wanted)) return wanted
  for (let number = 2; ; number += 1) if (!used.includes(`${wanted}-${number}`)) return `${wanted}-${number}`
}
