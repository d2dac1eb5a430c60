import { Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Made } from '../../server/savings/measure-schemas.ts'
import { Purpose, Signable } from '../../server/savings/realised-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { asDecimal, ChoiceField, DayField, DecimalField, WordsField } from '../programme/entry-fields.tsx'
import { today } from '../programme/use-day.ts'
import { Asked } from '../shared/asked.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

/** The month before this one, which is over. */
function lastMonth(): { from: string; to: string } {
  const [year = 0, month = 1] = today().split('-').map(Number)
  const day = (date: Date) => date.toISOString().slice(0, 10)
  return {
    from: day(new Date(Date.UTC(year, month - 2, 1))),
    to: day(new Date(Date.UTC(year, month - 1, 0))),
  }
}

interface Draft {
  readonly from: string
  readonly to: string
  readonly purpose: z.output<typeof Purpose>
  readonly department: string
  readonly hours: string
  readonly signedName: string
}

/** Signs what became of hours, and shows how many there are to sign. */
export function SignDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts()
  const { api } = useHospital()
  const [draft, setDraft] = useState<Draft>({
    ...{ ...lastMonth(), purpose: 'post-not-refilled', department: '', hours: '', signedName: '' },
  })
  const change = (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed }))
  const { hours, department, signedName } = draft
  return (
    <EntryDialog
      title={t('savings.realised.sign')}
      answer={Made}
      method="POST"
      path={`${api}/realised`}
      body={{ ...draft, hours: Number(asDecimal(hours)) }}
      touches={[`${api}/realised`, '/api/programme/savings']}
      ready={hours !== '' && department.trim() !== '' && signedName.trim() !== ''}
      confirm={t('savings.realised.sign')}
      onClose={onClose}
    >
      <SignFields draft={draft} onChange={change} />
    </EntryDialog>
  )
}

interface SignFieldsProps {
  readonly draft: Draft
  readonly onChange: (changed: Partial<Draft>) => void
}

function SignFields({ draft, onChange }: SignFieldsProps) {
  const t = useTexts()
  const { from, to, purpose, department, hours, signedName } = draft
  const field = (key: Exclude<keyof Draft, 'purpose'>, value: string) => ({
    value,
    onChange: (typed: string) => onChange({ [key]: typed }),
  })
  return (
    <>
      <Text size="sm">{t('savings.realised.months')}</Text>
      <DayField past label={t('savings.from')} {...field('from', from)} />
      <DayField past label={t('savings.to')} {...field('to', to)} />
      <SignableHours from={from} to={to} />
      <ChoiceField
        label={t('savings.realised.purpose')}
        options={Purpose.options}
        nameOf={(each) => t(`savings.purpose.${each}`)}
        value={purpose}
        onChange={(chosen) => onChange({ purpose: chosen })}
      />
      <WordsField
        required
        most={80}
        label={t('savings.realised.department')}
        {...field('department', department)}
      />
      <DecimalField label={t('savings.upkeep.hours')} {...field('hours', hours)} />
      <WordsField
        required
        most={120}
        label={t('savings.realised.name')}
        {...field('signedName', signedName)}
      />
    </>
  )
}

function SignableHours({ from, to }: { readonly from: string; readonly to: string }) {
  const t = useTexts()
  const { number } = useNumbers()
  const { api } = useHospital()
  const signable = useAsk(Signable, `${api}/realised/signable?from=${from}&to=${to}`)
  return (
    <Asked of={signable}>
      {({ netHours, signedBefore, year, signable: left }) => (
        <Text size="sm" role="status">
          {t('savings.realised.signable', {
            net: number(netHours, 2),
            signed: number(signedBefore, 2),
            left: number(left, 2),
          })}{' '}
          {t('savings.realised.signable.year', {
            year: String(year.year),
            net: number(year.netHours, 2),
            signed: number(year.signedHours, 2),
          })}
        </Text>
      )}
    </Asked>
  )
}
