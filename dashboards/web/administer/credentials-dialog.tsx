import { NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { System } from './answers.ts'
import { credentialValue, fieldsOf, WAYS, type CredentialField, type Way } from './credential-fields.ts'

interface CredentialsDialogProps {
  readonly system: System
  readonly part: System['credentials'][number]['part']
  readonly onClose: () => void
}

type Words = Partial<Record<CredentialField, string>>

/** The fields of one part of a system's credentials. What was entered before is not shown. */
export default function CredentialsDialog({ system, part, onClose }: CredentialsDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [way, setWay] = useState<Way>(wayOf(system))
  const [words, setWords] = useState<Words>({})
  const [renewOn, setRenewOn] = useState('')
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'PUT', touches: [api] })
  const fields = fieldsOf(system.kind, part, way)
  const value = credentialValue(system.kind, part, way, words)
  const saved = () => {
    told(t('administer.credentials.saved'))
    onClose()
  }
  const save = () => {
    const body = { entered: { part, value }, renewOn: renewOn === '' ? null : renewOn }
    mutate({ path: `${api}/systems/${system.id}/credentials`, body }, { onSuccess: saved })
  }
  return (
    <ConfirmDialog
      opened
      title={t(`administer.credentials.part.${part}`)}
      sentence={t('administer.credentials.once')}
      confirm={t('shared.save')}
      ready={fields.every(({ name, optional }) => optional || (words[name] ?? '') !== '')}
      busy={isPending}
      error={error}
      onConfirm={save}
      onClose={onClose}
    >
      {system.kind === 'fhir' && part === 'sign-in' && <WayChoice way={way} onChange={setWay} />}
      <Fields fields={fields} words={words} onChange={setWords} />
      <RenewOn value={renewOn} onChange={setRenewOn} />
    </ConfirmDialog>
  )
}

interface FieldsProps {
  readonly fields: ReturnType<typeof fieldsOf>
  readonly words: Words
  readonly onChange: (words: Words) => void
}

function Fields({ fields, words, onChange }: FieldsProps) {
  return fields.map(({ name, optional }) => (
    <Field
      key={name}
      name={name}
      required={!optional}
      value={words[name] ?? ''}
      onChange={(word) => onChange({ ...words, [name]: word })}
    />
  ))
}

function RenewOn({ value, onChange }: { readonly value: string; readonly onChange: (day: string) => void }) {
  const t = useTexts()
  return (
    <TextInput
      type="date"
      label={t('administer.credentials.renewon')}
      description={t('administer.credentials.renewon.hint')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** The way that the system's settings name; the usual one otherwise. */
function wayOf({ settings }: System): Way {
  const signIn = settings['signIn']
  const named = typeof signIn === 'object' && signIn !== null && 'way' in signIn ? signIn['way'] : undefined
  return WAYS.find((way) => way === named) ?? 'bearer'
}

function WayChoice({ way, onChange }: { readonly way: Way; readonly onChange: (way: Way) => void }) {
  const t = useTexts()
  return (
    <NativeSelect
      label={t('administer.credentials.way')}
      value={way}
      data={WAYS.map((value) => ({ value, label: t(`administer.credentials.way.${value}`) }))}
      onChange={(event) => onChange(WAYS.find((one) => one === event.currentTarget.value) ?? 'bearer')}
    />
  )
}

interface FieldProps {
  readonly name: CredentialField
  readonly required: boolean
  readonly value: string
  readonly onChange: (value: string) => void
}

function Field({ name, required, value, onChange }: FieldProps) {
  const t = useTexts()
  const label = t(`administer.credentials.field.${name}`)
  const shared = { label, required, value, autoComplete: 'off' }
  if (name === 'user')
    return <TextInput {...shared} data-autofocus onChange={(event) => onChange(event.currentTarget.value)} />
  if (name === 'key')
    return <Textarea {...shared} rows={6} onChange={(event) => onChange(event.currentTarget.value)} />
  return (
    <PasswordInput
      {...shared}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': t('shared.secret.show') }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
