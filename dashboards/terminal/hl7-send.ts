import { asFailure } from '../../connectors/failure.ts'
import { readMessage } from '../../connectors/hl7/message.ts'
import { createSender, type Sender } from '../../connectors/hl7/sender.ts'
import { silentLog } from '../../connectors/log.ts'
import { readMessageFiles, type FiledMessage } from './hl7-files.ts'
import type { Terminal } from './terminal.ts'

/**
 * Sends the messages of files one after another, a line for each. At the first that is not taken it stops, for those
 * behind it may be about the same patient: then it ends with 1 and tells how many were not sent.
 */
export async function sendFiles(
  terminal: Terminal,
  files: readonly string[],
  to: { readonly host: string; readonly port: number },
): Promise<void> {
  const messages = await readMessageFiles(files)
  const late = () => terminal.say('An answer came late, to a message before: look it up at the receiver.')
  const sender = createSender({ id: `${to.host}:${to.port}`, ...to }, silentLog, late)
  try {
    let sent = 0
    for (const message of messages) {
      const { line, isTaken } = await sendOne(sender, message)
      terminal.out(line)
      if (!isTaken) break
      sent++
    }
    const left = messages.length - sent - 1
    if (sent === messages.length) return
    terminal.endWith(1)
    if (left > 0) terminal.say(`Not sent, because the one before was not taken: ${left}.`)
  } finally {
    await sender.close()
  }
}

async function sendOne(sender: Sender, filed: FiledMessage): Promise<{ line: string; isTaken: boolean }> {
  const head = `${filed.file} ${filed.number}:`
  try {
    const { type, trigger, controlId } = readMessage(filed.bytes)
    const { code } = await sender.send(filed.bytes)
    return { line: `${head} ${type}^${trigger} ${controlId} ${code}`, isTaken: true }
  } catch (error) {
    const failure = asFailure(error)
    if (failure.code === 'unforeseen') throw error
    return { line: `${head} ${failure.message}`, isTaken: false }
  }
}
