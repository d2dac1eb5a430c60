import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { startPractice } from './start.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'port-base': { type: 'string', default: '0' },
    patients: { type: 'string', default: '120' },
    referrals: { type: 'string', default: '24' },
    appointments: { type: 'string', default: '24' },
    deaths: { type: 'string', default: '8' },
    'idle-minutes': { type: 'string', default: '10' },
    'end-with-stdin': { type: 'boolean', default: false },
  },
})

function whole(name: 'seed' | 'port-base' | 'patients' | 'referrals' | 'appointments' | 'deaths'): number {
  const number = Number(values[name])
  if (Number.isInteger(number) && number >= 0) return number
  throw new Error(`--${name} takes a whole number from 0.`)
}

if (!values.data) throw new Error('Say where the practice hospital keeps its data: --data DIR.')
const practice = await startPractice({
  data: values.data,
  seed: whole('seed'),
  patients: whole('patients'),
  size: { referrals: whole('referrals'), appointments: whole('appointments'), deaths: whole('deaths') },
  portBase: whole('port-base'),
  idleMs: Number(values['idle-minutes']) * 60_000,
  clock: () => new Date(),
  log: (line) => process.stderr.write(`${line}\n`),
})
process.stdout.write(`${JSON.stringify(practice.addresses)}\n`)

const ends = [once(process, 'SIGTERM'), once(process, 'SIGINT')]
if (values['end-with-stdin']) ends.push(once(process.stdin.resume(), 'end'))
await Promise.race(ends)
await practice.close()
process.exit(0)
