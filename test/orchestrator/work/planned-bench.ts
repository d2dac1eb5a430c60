import { z } from 'zod'
import { defineBot, type Bot } from '../../../bots/bot.ts'
import type { DeploymentPlan } from '../../../orchestrator/ledger/deployment-plan.ts'

const text = (word: string) => ({ nl: word, en: word })

export interface Cases {
  readonly references: string[]
  /** The references that were pressed. */
  readonly pressed: string[]
}

/** A bot that finds these cases and saves each, without any system. */
export function savingBot(cases: Cases): Bot {
  return defineBot({
    ...{ name: 'saving', title: text('Opslaan'), purpose: text('Slaat op.'), activity: 'reporting' },
    variants: { plain: text('gewoon') },
    settings: z.object({ place: z.string().min(1, 'must be filled in'), most: z.int().default(3) }),
    systems: {},
    item: z.object({ reference: z.string().min(1), patient: z.string() }),
    reference: ({ reference }) => reference,
    acts: { save: { title: text('Opslaan'), verifiable: false } },
    async *collect({ step }) {
      for (const reference of await step('read the list', () => Promise.resolve(cases.references)))
        yield { reference, patient: 'J. de Vries' }
    },
    async process({ reference, patient }, { act, step, settings }) {
      await step('look at it', () => Promise.resolve())
      await act('save', {
        payload: { reference, patient, place: settings.place },
        press: () => Promise.resolve(void cases.pressed.push(reference)),
        confirm: () => Promise.resolve(`S-${reference}`),
      })
      return { variant: 'plain' }
    },
  })
}

export const SAVING_PLAN: DeploymentPlan = {
  bot: 'saving',
  settings: { place: 'cupboard' },
  systems: {},
  triggers: [
    { kind: 'schedule', id: 'oost-saving-mornings', cron: '0 7 * * 1-5', missed: 'last', skipHolidays: true },
  ],
  baselines: [
    {
      variant: 'plain',
      minutes: 4.5,
      method: 'estimate',
      measuredBy: 'ada',
      measuredOn: '2026-01-05',
      validFrom: '2026-01-12',
      remeasureOn: '2027-01-12',
    },
  ],
  responsible: 'ada',
  outsideSeconds: 60,
  parkedShare: 0,
}
