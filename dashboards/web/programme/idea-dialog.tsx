import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { Activity, IdeaMade, type ActivityName } from '../../server/programme/idea-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { ChoiceField, PlaceField, WordsField } from './entry-fields.tsx'
import type { Place } from './use-places.ts'

interface IdeaDialogProps {
  readonly hospitals: readonly Place[]
  readonly onClose: () => void
}

/** Takes an idea down. */
export function IdeaDialog({ hospitals, onClose }: IdeaDialogProps) {
  const t = useTexts()
  const [hospital, setHospital] = useState(hospitals[0]?.id ?? '')
  const [title, setTitle] = useState('')
  const [explanation, setExplanation] = useState('')
  const [department, setDepartment] = useState('')
  const [activity, setActivity] = useState<ActivityName>('reporting')
  return (
    <EntryDialog
      title={t('programme.ideas.new')}
      answer={IdeaMade}
      method="POST"
      path={`/api/hospitals/${hospital}/ideas`}
      body={{ title, explanation, department, activity }}
      touches={['/api/programme/ideas']}
      ready={title.trim() !== '' && department.trim() !== ''}
      onClose={onClose}
    >
      <WordsField label={t('programme.ideas.name')} required most={120} value={title} onChange={setTitle} />
      <Explanation value={explanation} onChange={setExplanation} />
      <PlaceField places={hospitals} value={hospital} onChange={setHospital} />
      <WordsField
        label={t('programme.department')}
        required
        most={80}
        value={department}
        onChange={setDepartment}
      />
      <ActivityChoice value={activity} onChange={setActivity} />
    </EntryDialog>
  )
}

interface FieldProps<Value> {
  readonly value: Value
  readonly onChange: (value: Value) => void
}

function Explanation({ value, onChange }: FieldProps<string>) {
  const t = useTexts()
  return (
    <Textarea
      label={t('programme.ideas.explanation')}
      autosize
      minRows={3}
      maxLength={4000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function ActivityChoice(field: FieldProps<ActivityName>) {
  const t = useTexts()
  const nameOf = (activity: ActivityName) => t(`programme.activity.${activity}`)
  return <ChoiceField label={t('programme.activity')} options={Activity.options} nameOf={nameOf} {...field} />
}
