import { defineTexts } from '../shared/define-texts.ts'
import { enApart } from './texts-en-apart.ts'
import { enBooking } from './texts-en-booking.ts'
import { enExplain } from './texts-en-explain.ts'
import { enRecounted } from './texts-en-recounted.ts'
import { enSummary } from './texts-en-summary.ts'
import { enTiming } from './texts-en-timing.ts'
import { en } from './texts-en.ts'
import { nlApart } from './texts-nl-apart.ts'
import { nlBooking } from './texts-nl-booking.ts'
import { nlExplain } from './texts-nl-explain.ts'
import { nlRecounted } from './texts-nl-recounted.ts'
import { nlSummary } from './texts-nl-summary.ts'
import { nlTiming } from './texts-nl-timing.ts'
import { nl } from './texts-nl.ts'

export const texts = defineTexts({
  nl: { ...nl, ...nlBooking, ...nlApart, ...nlSummary, ...nlExplain, ...nlTiming, ...nlRecounted },
  en: { ...en, ...enBooking, ...enApart, ...enSummary, ...enExplain, ...enTiming, ...enRecounted },
})
