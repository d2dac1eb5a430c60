import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { TimeUseFound } from '../../server/programme/value-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { FileField, fileForm } from '../shared/file-field.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useLanguage, useTexts } from '../shared/use-texts.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { ChoiceField, PlaceField, WordsField } from './entry-fields.tsx'
import { asBody, asDrafts, EMPTY_GROUP, type Found, type GroupDraft } from './time-use-draft.ts'
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

const WAYS = ['byhand', 'byfile'] as const

/** What was entered before, or an empty group to begin with. */
function useGroupsBefore(entered: Found | null): readonly GroupDraft[] {
  const language = useLanguage()
  return entered ? asDrafts(entered, language) : [EMPTY_GROUP]
}

function TimeUseForm({ path, entered, onClose, children }: TimeUseFormProps) {
  const t = useTexts()
  const [way, setWay] = useState<(typeof WAYS)[number]>('byhand')
  const [source, setSource] = useState(entered?.source ?? '')
  const [groups, setGroups] = useState(useGroupsBefore(entered))
  const [file, setFile] = useState<File | null>(null)
  const [isFile, words] = [way === 'byfile', source.trim()]
  return (
    <EntryDialog
      title={t('programme.timeuse.enter')}
      answer={Done}
      method="PUT"
      path={isFile ? `${path}/file` : path}
      body={isFile && file ? fileForm(file, { source: words }) : asBody(words, groups)}
      touches={['/api/programme/time-use', path]}
      ready={words !== '' && (!isFile || file !== null)}
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
      <WayField way={way} onChange={setWay} />
      {isFile ? (
        <FileField
          label={t('programme.timeuse.file')}
          description={t('programme.timeuse.file.hint')}
          value={file}
          onChange={setFile}
        />
      ) : (
        <Groups groups={groups} onChange={setGroups} />
      )}
    </EntryDialog>
  )
}

interface WayFieldProps {
  readonly way: (typeof WAYS)[number]
  readonly onChange: (way: (typeof WAYS)[number]) => void
}

function WayField({ way, onChange }: WayFieldProps) {
  const t = useTexts()
  return (
    <ChoiceField
      label={t('programme.timeuse.how')}
      options={WAYS}
      nameOf={(each) => t(`programme.timeuse.${each}`)}
      value={way}
      onChange={onChange}
    />
  )
}

interface GroupsProps {
  readonly groups: readonly GroupDraft[]
  readonly onChange: (groups: GroupDraft[]) => void
}

function Groups({ groups, onChange }: GroupsProps) {
  const t = useTexts()
  return (
    <>
      {groups.map((group, place) => (
        <TimeUseGroup
          key={place}
          number={place + 1}
          group={group}
          onChange={(changed) => onChange(groups.with(place, changed))}
        />
      ))}
      <Button variant="default" onClick={() => onChange([...groups, EMPTY_GROUP])}>
        {t('programme.timeuse.addgroup')}
      </Button>
    </>
  )
}
