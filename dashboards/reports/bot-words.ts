import { bots } from '../../bots/index.ts'
import type { ReportLanguage } from './report-words.ts'

/** The title of a robot, deployed or not; its name where this version does not know it. */
export const botTitle = (bot: string, language: ReportLanguage): string =>
  bots.get(bot)?.title[language] ?? bot

/** What a robot calls one of its variants; the variant's own name where this version does not know it. */
export const variantTitle = (bot: string, variant: string, language: ReportLanguage): string =>
  bots.get(bot)?.variants[variant]?.[language] ?? variant
