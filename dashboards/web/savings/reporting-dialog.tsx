import { Divider, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { PutToWorkAnswer, Responsible } from '../../server/administer/draft-schemas.ts'
import { Activity } from '../../server/programme/idea-schemas.ts'
import type { Reporting } from '../../server/reported/reported-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { asDecimal, ChoiceField, DecimalField, WordsField } from '../programme/entry-fields.tsx'
import { Asked } from '../shared/asked.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import {
  isMeasured,
  measuredBody,
  MeasuredFields,
  newMeasured,
  type MeasuredDraft,
} from './measured-fields.tsx'

export type Reported = z.output<typeof Reporting>['deployments'][number]
type Person = z.output<typeof Responsible>[number]

interface ReportingDialogProps {
  /** What is changed; a new one when left out. */
  readonly of?: Reported
  readonly onClose: () => void
}

/** Makes a deployment of a robot of another make, or changes what is said of it. */
export function ReportingDialog(props: ReportingDialogProps) {
  const { api } = useHospital()
  const people = useAsk(Responsible, `${api}/responsible`)
  return <Asked of={people}>{(found) => <ReportingForm {...props} people={found} />}</Asked>
}

interface Draft {
  readonly id: string
  readonly bot: string
  readonly activity: z.output<typeof Activity>
  readonly responsible: string
  /** As they are typed: minutes, and per cent. */
  readonly outside: string
  readonly parked: string
}

const asDraft = (of: Reported | undefined, people: readonly Person[]): Draft => ({
  ...{ id: of?.id ?? '', bot: of?.bot ?? '', activity: of?.activity ?? 'finance' },
  responsible: of?.responsible ?? people[0]?.account ?? '',
  outside: String((of?.outsideSeconds ?? 0) / 60),
  parked: String(Math.round((of?.parkedShare ?? 0) * 10_000) / 100),
})

interface FormProps extends ReportingDialogProps {
  readonly people: readonly Person[]
}

function ReportingForm({ of, people, onClose }: FormProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [draft, setDraft] = useState(asDraft(of, people))
  const [first, setFirst] = useState<First>({ variant: '', ...newMeasured() })
  const isNew = of === undefined
  const ready = !isNew || (draft.id !== '' && first.variant.trim() !== '' && isMeasured(first))
  return (
    <EntryDialog
      title={isNew ? t('savings.reported.add') : t('savings.reported.change.title', { deployment: of.id })}
      answer={PutToWorkAnswer}
      method="PUT"
      path={`${api}/reported-items/deployments/${draft.id}`}
      body={{ ...saidBody(draft), ...(isNew && { baseline: measuredBody(first) }) }}
      touches={[`${api}/reported-items`, `${api}/baselines`, `${api}/deployments`]}
      ready={ready && draft.bot !== '' && draft.responsible !== ''}
      onClose={onClose}
    >
      <SaidFields
        draft={draft}
        isNew={isNew}
        people={people}
        onChange={(changed) => setDraft((before) => ({ ...before, ...changed }))}
      />
      {isNew ? (
        <FirstBaseline
          first={first}
          onChange={(changed) => setFirst((before) => ({ ...before, ...changed }))}
        />
      ) : (
        <Text size="sm">{t('savings.reported.baselines.elsewhere')}</Text>
      )}
    </EntryDialog>
  )
}

const saidBody = ({ id: _id, outside, parked, ...said }: Draft) => ({
  ...said,
  outsideSeconds: Math.round(Number(asDecimal(outside)) * 60),
  parkedShare: Math.round(Number(asDecimal(parked)) * 100) / 10_000,
})

type First = MeasuredDraft & { readonly variant: string }

interface FirstBaselineProps {
  readonly first: First
  readonly onChange: (changed: Partial<First>) => void
}

/** What is reported needs a baseline to count. */
function FirstBaseline({ first, onChange }: FirstBaselineProps) {
  const t = useTexts()
  return (
    <>
      <Divider label={t('savings.reported.baseline')} />
      <WordsField
        required
        most={80}
        label={t('savings.variant')}
        value={first.variant}
        onChange={(variant) => onChange({ variant })}
      />
      <MeasuredFields draft={first} onChange={onChange} />
    </>
  )
}

interface SaidFieldsProps {
  readonly draft: Draft
  readonly isNew: boolean
  readonly people: readonly Person[]
  readonly onChange: (changed: Partial<Draft>) => void
}

function SaidFields({ draft, isNew, people, onChange }: SaidFieldsProps) {
  const t = useTexts()
  const accounts = [...new Set([...people.map(({ account }) => account), draft.responsible])]
  const nameOf = (account: string) => people.find((person) => person.account === account)?.name ?? account
  const typed = (key: 'id' | 'bot' | 'outside' | 'parked') => ({
    label: t(`savings.reported.${key}`),
    value: draft[key],
    onChange: (value: string) => onChange({ [key]: value }),
  })
  return (
    <>
      {isNew && (
        <>
          <WordsField required most={80} description={t('savings.reported.id.hint')} {...typed('id')} />
          <WordsField required most={80} description={t('savings.reported.bot.hint')} {...typed('bot')} />
          <ChoiceField
            label={t('programme.activity')}
            options={Activity.options}
            nameOf={(activity) => t(`programme.activity.${activity}`)}
            value={draft.activity}
            onChange={(activity) => onChange({ activity })}
          />
        </>
      )}
      <ChoiceField
        label={t('savings.reported.responsible')}
        options={accounts}
        nameOf={nameOf}
        value={draft.responsible}
        onChange={(responsible) => onChange({ responsible })}
      />
      <DecimalField description={t('savings.reported.outside.hint')} {...typed('outside')} />
      <DecimalField description={t('savings.reported.parked.hint')} {...typed('parked')} />
    </>
  )
}
