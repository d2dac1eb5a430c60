import { Hl7Message } from '@medplum/core'
import HL7 from 'hl7-standard'
import { readMessage } from '../../connectors/hl7/message.ts'
import type { Contender, Contest } from './contest.ts'
import { adtMessage, largeReport } from './hl7-messages.ts'
import type { SubjectOptions } from './speed.ts'

/** What routing needs, from the bytes that came in: type, event, control id, sender, and which patient. */
type Reader = (bytes: Buffer) => string

const OURS = 'ontregel'
const MEDPLUM = '@medplum/core'

const PATIENT = ['PID-3.1', 'PID-3[2].1', 'PID-5.1.1', 'PID-7']

const withOurs: Reader = (bytes) => {
  const message = readMessage(bytes)
  const { type, trigger, controlId, sender } = message
  const head = [type, trigger, controlId, sender.application, sender.facility]
  return [...head, ...PATIENT.map((path) => message.get(path) ?? '')].join()
}

const withMedplum: Reader = (bytes) => {
  const message = Hl7Message.parse(bytes.toString('latin1'))
  const { header } = message
  const patient = message.getSegment('PID')
  return [
    header.getComponent(9, 1),
    header.getComponent(9, 2),
    header.getComponent(10, 1),
    header.getComponent(3, 1),
    header.getComponent(4, 1),
    patient?.getComponent(3, 1),
    patient?.getComponent(3, 1, undefined, 1),
    patient?.getComponent(5, 1, 0),
    patient?.getComponent(7, 1),
  ].join()
}

const withStandard: Reader = (bytes) => {
  const message = new HL7(bytes.toString('latin1'))
  message.transform()
  const head = ['MSH.9.1', 'MSH.9.2', 'MSH.10', 'MSH.3', 'MSH.4'].map((path) => message.get(path))
  const patient = message.getSegment('PID')
  const numbers = [patient?.get('PID.3.1', 0), patient?.get('PID.3.1', 1)]
  return [...head, ...numbers, message.get('PID.5.1.1'), message.get('PID.7')].join()
}

const READERS: Readonly<Record<string, Reader>> = {
  [OURS]: withOurs,
  [MEDPLUM]: withMedplum,
  'hl7-standard': withStandard,
}

/** Header and patient of an ADT of 1 kB and of a report of 174 kB. */
export function readingContests({ seconds }: SubjectOptions): Contest[] {
  const small = adtMessage('M1')
  const large = largeReport()
  const target = { of: OURS, than: MEDPLUM }
  return [
    {
      title: `HL7 header and patient read, ADT of ${small.length} bytes`,
      contenders: contenders(small, 200, seconds),
      targets: [{ ...target, times: 4, whenShort: 'a value is read by walking its segment from the start' }],
    },
    {
      title: `HL7 header and patient read, ORU of ${Math.round(large.length / 1000)} kB`,
      contenders: contenders(large, 1, seconds),
      targets: [{ ...target, times: 100, whenShort: 'more than the head of the message is decoded' }],
    },
  ]
}

function contenders(bytes: Buffer, atOnce: number, seconds: number): Contender[] {
  const wanted = withOurs(bytes)
  return Object.entries(READERS).map(([name, read]) => {
    if (read(bytes) !== wanted)
      throw new Error(`${name} reads something else: the comparison would not be fair.`)
    return { name, measure: async () => ({ perSecond: readFor(read, bytes, atOnce, seconds) }) }
  })
}

/** Counted over the time that this process had a core: on a machine that is shared, time alone measures the others. */
function readFor(read: Reader, bytes: Buffer, atOnce: number, seconds: number): number {
  const until = performance.now() + seconds * 1000
  const begin = process.cpuUsage()
  let count = 0
  while (performance.now() < until) {
    for (let n = 0; n < atOnce; n++) read(bytes)
    count += atOnce
  }
  const { user, system } = process.cpuUsage(begin)
  return count / ((user + system) / 1_000_000)
}
