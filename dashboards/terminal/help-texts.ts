import { InvalidArgumentError, type Command } from 'commander'

/** Ends a command's help with examples: a line to type, and what it gives. */
export function withExamples(command: Command, examples: readonly (readonly [string, string])[]): Command {
  const size = Math.max(...examples.map(([line]) => line.length))
  const lines = examples.map(([line, what]) => `  ${line.padEnd(size)}  ${what}`.trimEnd())
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
}

/** Reads an option as a whole number of 1 or more. */
export function positiveNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 1 to 999999.')
  return Number(text)
}

/** Reads an option as minutes, `7` or `2.5`. */
export function minutes(text: string): number {
  if (!/^\d{1,5}(\.\d{1,2})?$/.test(text)) throw new InvalidArgumentError('Write minutes such as 7 or 2.5.')
  return Number(text)
}
