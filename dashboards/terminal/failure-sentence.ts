import { Failure } from '../../connectors/failure.ts'

/** What a person is told of an error. Texts of others may quote a password or a patient, so only ours are shown. */
export function failureSentence(error: unknown): string {
  if (error instanceof Failure) return error.message
  const code = codeOf(error)
  if (code !== undefined)
    return `Something that Ontregel needs did not work (${code}). Run "ontregel doctor" to see what, and what to do about it.`
  const name = error instanceof Error ? error.name : typeof error
  return `Something unforeseen happened (${name}). Run it again with ONTREGEL_LOG_LEVEL=debug to see where, and report that.`
}

/** Where in the code it happened, without the error's own text. */
export function placesOf(error: unknown): string {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : []
  return lines.filter((line) => /^\s+at /.test(line)).join('\n')
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
