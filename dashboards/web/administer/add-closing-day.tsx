import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

/** Adds a day on which the hospital is closed. */
export function AddClosingDay({ onAdded }: { readonly onAdded: (day: string) => void }) {
  const t = useTexts()
  const { api } = useHospital()
  const [day, setDay] = useState('')
  const [name, setName] = useState('')
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'PUT', touches: [api] })
  const added = () => {
    told(t('administer.calendar.added'))
    onAdded(day)
    setDay('')
    setName('')
  }
  const send = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    mutate({ path: `${api}/closing-days/${day}`, body: { name } }, { onSuccess: added })
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <Group align="end" gap="md">
          <Field name="day" value={day} onChange={setDay} />
          <Field name="name" value={name} onChange={setName} />
          <Button type="submit" loading={isPending} disabled={day === '' || name.trim() === ''}>
            {t('administer.calendar.add')}
          </Button>
        </Group>
        {error && <Problem error={error} />}
      </Stack>
    </form>
  )
}

interface FieldProps {
  readonly name: 'day' | 'name'
  readonly value: string
  readonly onChange: (value: string) => void
}

function Field({ name, value, onChange }: FieldProps) {
  const t = useTexts()
  const more =
    name === 'day' ? { type: 'date' } : { placeholder: t('administer.calendar.name.example'), maxLength: 100 }
  return (
    <TextInput
      required
      label={t(`administer.calendar.${name}`)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...more}
    />
  )
}
