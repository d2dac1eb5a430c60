import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { NumberField } from '../shared/number-field.tsx'
import { useTexts } from '../shared/use-texts.ts'
import type { MatrixBot } from './bot-title.ts'
import { EntryDialog } from './entry-dialog.tsx'
import {
  asDecimal,
  BotField,
  ChoiceField,
  DayField,
  DecimalField,
  PlaceField,
  WordsField,
} from './entry-fields.tsx'
import { today } from './use-day.ts'
import { usePlaces } from './use-places.ts'

const MOMENTS = ['before', 'after'] as const

interface Draft {
  readonly hospital: string
  readonly department: string
  readonly bot: string
  readonly moment: (typeof MOMENTS)[number]
  readonly measuredOn: string
  readonly respondents: number | undefined
  readonly score: string
}

interface PleasureDialogProps {
  readonly bots: readonly MatrixBot[]
  readonly onClose: () => void
}

/** Takes down what a department gave its work. */
export function PleasureDialog({ bots, onClose }: PleasureDialogProps) {
  const t = useTexts()
  const { own } = usePlaces()
  const [draft, setDraft] = useState<Draft>({
    hospital: own[0]?.id ?? '',
    bot: bots[0]?.name ?? '',
    ...{ department: '', moment: 'before', measuredOn: today(), respondents: undefined, score: '' },
  })
  const { hospital, ...measured } = draft
  const change = (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed }))
  return (
    <EntryDialog
      title={t('programme.pleasure.record')}
      answer={Done}
      method="PUT"
      path={`/api/hospitals/${hospital}/pleasure`}
      body={{ ...measured, score: asDecimal(draft.score) }}
      touches={['/api/programme/pleasure']}
      ready={draft.department.trim() !== '' && draft.score !== '' && draft.respondents !== undefined}
      onClose={onClose}
    >
      <PlaceField places={own} value={hospital} onChange={(chosen) => change({ hospital: chosen })} />
      <BotField bots={bots} value={draft.bot} onChange={(bot) => change({ bot })} />
      <MeasuredFields draft={draft} onChange={change} />
    </EntryDialog>
  )
}

interface MeasuredFieldsProps {
  readonly draft: Draft
  readonly onChange: (changed: Partial<Draft>) => void
}

function MeasuredFields({ draft, onChange }: MeasuredFieldsProps) {
  const t = useTexts()
  const { department, moment, measuredOn, respondents, score } = draft
  return (
    <>
      <WordsField
        label={t('programme.department')}
        required
        most={80}
        value={department}
        onChange={(value) => onChange({ department: value })}
      />
      <ChoiceField
        label={t('programme.pleasure.moment')}
        options={MOMENTS}
        nameOf={(each) => t(`programme.pleasure.${each}`)}
        value={moment}
        onChange={(value) => onChange({ moment: value })}
      />
      <DayField
        past
        label={t('programme.date')}
        value={measuredOn}
        onChange={(value) => onChange({ measuredOn: value })}
      />
      <Respondents value={respondents} onChange={(value) => onChange({ respondents: value })} />
      <DecimalField
        label={t('programme.pleasure.score')}
        description={t('programme.pleasure.score.hint')}
        value={score}
        onChange={(value) => onChange({ score: value })}
      />
    </>
  )
}

interface RespondentsProps {
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
}

function Respondents({ value, onChange }: RespondentsProps) {
  const t = useTexts()
  return (
    <NumberField
      label={t('programme.pleasure.respondents')}
      required
      min={1}
      value={value}
      onChange={onChange}
    />
  )
}
