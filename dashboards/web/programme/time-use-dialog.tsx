import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { TimeUseFound } from '../../server/programme/value-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { PlaceField, WordsField } from './entry-fields.tsx'
import { asBody, asDrafts, EMPTY_GROUP, type Found } from './time-use-draft.ts'
import { TimeUseGroup } from './time-use-group.tsx'
import { usePlaces } from './use-places.ts'

interface TimeUseDialogProps {
  readonly year: number
  readonly onClose: () => void
}

/** Asks how the staff of a hospital spent a year; begins with what was entered before. */
export function TimeUseDialog({ year, onClose }: TimeUseDialogProps) {
  const { own } = usePlaces()
  const [hospital, setHospital] = useState(own[0]?.id ?? '')
  const path = `/api/hospitals/${hospital}/time-use/${year}`
  const found = useAsk(TimeUseFound, path)
  return (
    <Asked of={found}>
      {(entered) => (
        <TimeUseForm key={path} path={path} entered={entered} onClose={onClose}>
          <PlaceField places={own} value={hospital} onChange={setHospital} />
        </TimeUseForm>
      )}
    </Asked>
  )
}

interface TimeUseFormProps {
  readonly path: string
  readonly entered: Found | null
  readonly onClose: () => void
  readonly children: ReactNode
}

function TimeUseForm({ path, entered, onClose, children }: TimeUseFormProps) {
  const t = useTexts()
  const [source, setSource] = useState(entered?.source ?? '')
  const [groups, setGroups] = useState(entered ? asDrafts(entered) : [EMPTY_GROUP])
  return (
    <EntryDialog
      title={t('programme.timeuse.enter')}
      answer={Done}
      method="PUT"
      path={path}
      body={asBody(source, groups)}
      touches={['/api/programme/time-use', path]}
      ready={source.trim() !== ''}
      onClose={onClose}
    >
      {children}
      <WordsField
        label={t('programme.timeuse.source')}
        required
        most={200}
        value={source}
        onChange={setSource}
      />
      {groups.map((group, place) => (
        <TimeUseGroup
          key={place}
          number={place + 1}
          group={group}
          onChange={(changed) => setGroups((before) => before.with(place, changed))}
        />
      ))}
      <Button variant="default" onClick={() => setGroups((before) => [...before, EMPTY_GROUP])}>
        {t('programme.timeuse.addgroup')}
      </Button>
    </EntryDialog>
  )
}
