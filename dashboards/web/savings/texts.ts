import { defineTexts } from '../shared/define-texts.ts'
import { enApart } from './texts-en-apart.ts'
import { enBooking } from './texts-en-booking.ts'
import { enSummary } from './texts-en-summary.ts'
import { en } from './texts-en.ts'
import { nlApart } from './texts-nl-apart.ts'
import { nlBooking } from './texts-nl-booking.ts'
import { nlSummary } from './texts-nl-summary.ts'
import { nl } from './texts-nl.ts'

export const texts = defineTexts({
  nl: { ...nl, ...nlBooking, ...nlApart, ...nlSummary },
  en: { ...en, ...enBooking, ...enApart, ...enSummary },
})
