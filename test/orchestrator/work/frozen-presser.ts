import { openFhirSystem } from '../../../connectors/fhir/client.ts'
import { asFailure } from '../../../connectors/failure.ts'
import { createLog } from '../../../connectors/log.ts'
import { deadMan } from '../../../orchestrator/work/dead-man.ts'
import { systemClock } from '../../../orchestrator/work/system-clock.ts'

/** Presses once at a FHIR server, as a worker does right after arming: `address authority seconds guarded|bare`. */
const [address = '', ca = '', seconds = '', guarded = ''] = process.argv.slice(2)
const watched = deadMan({ clock: systemClock, timing: { deadManSeconds: Number(seconds) } })
const endpoint = openFhirSystem(
  { id: 'fhir', address, version: 'R4' },
  { authorization: () => Promise.resolve('') },
  { log: createLog('silent', () => undefined), connection: { tls: { ca } } },
)
const system = guarded === 'guarded' ? endpoint.guardedBy(watched.guard) : endpoint
watched.arming()
watched.guard.check()
const ended = await system.create({ resourceType: 'Task' }).then(
  ({ status }) => status,
  (error: unknown) => asFailure(error).code,
)
process.stdout.write(ended)
endpoint.close()
