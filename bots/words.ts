import type { Bot, Text } from './bot.ts'

/** What a field of a bot's settings or items is called, and what is said of it beside the form. */
export interface FieldWords {
  readonly title: Text
  readonly hint?: Text
}

/** Names a field for the people who fill it in: `z.string().meta(words({ nl: 'Soort taak', en: 'Kind of task' }))`. */
export const words = (title: Text, hint?: Text): { readonly words: FieldWords } => ({
  words: { title, ...(hint && { hint }) },
})

/** What a step or act is called; undefined for one that the bot does not declare, such as that of another version. */
export function doneTitle(bot: Bot | undefined, name: string | null): Text | undefined {
  if (!bot || name === null) return undefined
  return own(bot.acts, name)?.title ?? own(bot.steps, name)
}

/** What stands before the code of a failure in the label of what shows it. */
export const STOPPED = 'stopped: '
/** How a recording of the browser is labelled. */
export const TRACE = 'trace'

/** A piece of evidence: what it is labelled, and what kind of file it is. */
interface Piece {
  readonly label: string
  readonly mediaType: string
}

/**
 * What a piece of evidence shows. Its label is the system and then the name of a step or act, `stopped: ` with the code
 * of a failure, or `trace`. Undefined for any other, such as a step of another version.
 */
export function evidenceTitle(bot: Bot | undefined, { label, mediaType }: Piece): Text | undefined {
  const [system = '', ...rest] = label.split(': ')
  const name = rest.join(': ')
  const shown = mediaType === 'image/png' ? SEEN : OUTLINE
  const title = name.startsWith(STOPPED) ? shown : name === TRACE ? RECORDED : doneTitle(bot, name)
  return title && { nl: `${system}: ${title.nl}`, en: `${system}: ${title.en}` }
}

const SEEN: Text = { nl: 'Wat de robot zag toen hij stopte', en: 'What the robot saw when it stopped' }
const OUTLINE: Text = {
  nl: 'Gedane stappen en opbouw van de pagina toen de robot stopte',
  en: 'Steps done and the outline of the page when the robot stopped',
}
const RECORDED: Text = { nl: 'Opname van de browser', en: 'Recording of the browser' }

/** A name comes out of the ledger and may be any text. */
const own = <Value>(all: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined =>
  all && Object.hasOwn(all, name) ? all[name] : undefined
