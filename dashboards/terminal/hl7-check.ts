import { Failure } from '../../connectors/failure.ts'
import { examine } from '../../connectors/hl7/examine.ts'
import { readMessage } from '../../connectors/hl7/message.ts'
import { rewrittenDifferently } from '../../connectors/hl7/rewrite.ts'
import { readMessageFiles, type FiledMessage } from './hl7-files.ts'
import { outJson, type Terminal } from './terminal.ts'

/** What is to be known of a message without its content. */
export interface Checked {
  readonly file: string
  /** From 1, in the file. */
  readonly number: number
  readonly readable: boolean
  /** `ADT^A08`; null when it cannot be read. */
  readonly type: string | null
  readonly controlId: string | null
  readonly version: string | null
  readonly charset: string | null
  readonly bytes: number
  /** A sentence each; why it cannot be read, when it cannot. */
  readonly odd: readonly string[]
  /** Whether reading and writing every value leaves every byte unchanged. */
  readonly unchanged: boolean
  /** Where it does not: `PID-5.1`. */
  readonly changed: readonly string[]
}

/** Prints a line, or an object, for each message of the files. Ends with 1 when there is something that cannot be read. */
export async function checkFiles(terminal: Terminal, files: readonly string[], json: boolean): Promise<void> {
  const checked = (await readMessageFiles(files)).map(check)
  if (checked.some(({ readable }) => !readable)) terminal.endWith(1)
  if (json) return outJson(terminal, checked)
  for (const one of checked) terminal.out(lineOf(one))
}

function check(filed: FiledMessage): Checked {
  const { file, number, bytes } = filed
  const place = { file, number, bytes: bytes.length }
  try {
    if (!filed.isMessage)
      return { ...place, ...unreadable('it is no HL7 message: it does not begin with MSH') }
    const message = readMessage(bytes)
    const changed = rewrittenDifferently(message)
    return {
      ...place,
      readable: true,
      type: [message.type, message.trigger].filter(Boolean).join('^'),
      controlId: message.controlId,
      version: message.version,
      charset: message.charset,
      odd: examine(message),
      unchanged: changed.length === 0 && message.bytes.equals(bytes),
      changed,
    }
  } catch (error) {
    if (error instanceof Failure && error.kind === 'business')
      return { ...place, ...unreadable(error.message) }
    throw error
  }
}

function unreadable(why: string) {
  const unknown = { type: null, controlId: null, version: null, charset: null }
  return { ...unknown, readable: false, odd: [why], unchanged: false, changed: [] }
}

const MOST_PLACES = 5

function lineOf(one: Checked): string {
  const head = `${one.file} ${one.number}:`
  if (!one.readable) return `${head} cannot be read: ${one.odd.join('; ')}`
  const places =
    one.changed.slice(0, MOST_PLACES).join(', ') + (one.changed.length > MOST_PLACES ? ', …' : '')
  const kept = one.unchanged ? 'every byte unchanged' : `written otherwise: ${places}`
  const odd = one.odd.length > 0 ? one.odd.join('; ') : 'nothing odd'
  return `${head} ${one.type} ${one.controlId || 'no id'} ${one.version} ${one.charset}, ${kept}, ${odd}`
}
