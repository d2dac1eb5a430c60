import { Failure } from '../connectors/failure.ts'
import type { Act, Text } from './bot.ts'

/** An act as it is shown to whoever decides to put the bot to work. */
export interface DeclaredAct {
  readonly title: Text
  /** Whether the robot can look up what it did: the act has a `find`. */
  readonly verifiable: boolean
}

/** A system as it is chosen for a bot: what it is to the bot, and what the bot's account must be allowed there. */
export interface DeclaredSystem {
  readonly title: Text
  readonly rights: Text
}

type Acting = <Pressed>(name: string, act: Act<Pressed>) => Promise<string>

/**
 * Carries out acts that the bot declared, and no others: what the catalogue says of a bot is then what it does. Without
 * a declaration every act goes through.
 * @throws unexpected, before anything is pressed
 */
export function onlyDeclared(
  bot: string,
  acts: Readonly<Record<string, DeclaredAct>> | undefined,
  act: Acting,
): Acting {
  if (!acts) return act
  return async (name, one) => {
    const declared = Object.hasOwn(acts, name) ? acts[name] : undefined
    if (declared?.verifiable === (one.find !== undefined)) return await act(name, one)
    const sentence = `Bot ${bot} was about to carry out "${name}" otherwise than it declares: tell the maker of the robot.`
    throw new Failure('unexpected', 'act-undeclared', sentence)
  }
}
