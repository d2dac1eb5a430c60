import { Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { CHANGE_PARAMETERS } from '../../server/administer/draft-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { ChangeTrigger } from './answers.ts'

type Parameters = ChangeTrigger['parameters']
type Name = (typeof CHANGE_PARAMETERS)[number]

interface ChangeParametersProps {
  readonly parameters: Parameters
  readonly wrong: (place: string) => string | undefined
  readonly onChange: (parameters: Parameters) => void
}

/** What a resource must hold to be work: search parameters of a closed list, none of them about a person. */
export function ChangeParameters({ parameters, wrong, onChange }: ChangeParametersProps) {
  const t = useTexts()
  const used = CHANGE_PARAMETERS.filter((name) => parameters[name] !== undefined)
  const [free] = CHANGE_PARAMETERS.filter((name) => !used.includes(name))
  return (
    <Fieldset legend={t('administer.changes.only')}>
      <Stack gap="md">
        <Text size="sm">{t('administer.changes.only.hint')}</Text>
        {used.map((name) => (
          <Parameter
            key={name}
            name={name}
            used={used}
            value={parameters[name] ?? ''}
            error={wrong(`parameters.${name}`)}
            onName={(next) => onChange({ ...without(parameters, name), [next]: parameters[name] ?? '' })}
            onValue={(value) => onChange({ ...parameters, [name]: value })}
            onRemove={() => onChange(without(parameters, name))}
          />
        ))}
        {free !== undefined && (
          <Group>
            <Button variant="default" onClick={() => onChange({ ...parameters, [free]: '' })}>
              {t('administer.changes.only.add')}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  )
}

interface ParameterProps {
  readonly name: Name
  readonly used: readonly Name[]
  readonly value: string
  readonly error: string | undefined
  readonly onName: (name: Name) => void
  readonly onValue: (value: string) => void
  readonly onRemove: () => void
}

function Parameter({ name, used, value, error, onName, onValue, onRemove }: ParameterProps) {
  const t = useTexts()
  const choices = CHANGE_PARAMETERS.filter((one) => one === name || !used.includes(one))
  return (
    <Group align="end" gap="md" role="group" aria-label={name}>
      <NativeSelect
        label={t('administer.changes.parameter')}
        value={name}
        data={[...choices]}
        onChange={(event) => onName(choices.find((one) => one === event.currentTarget.value) ?? name)}
      />
      <TextInput
        label={t('administer.changes.value')}
        value={value}
        error={error}
        onChange={(event) => onValue(event.currentTarget.value.trim())}
      />
      <Button
        variant="default"
        aria-label={t('administer.changes.only.remove.of', { name })}
        onClick={onRemove}
      >
        {t('administer.condition.remove')}
      </Button>
    </Group>
  )
}

function without(parameters: Parameters, name: Name): Parameters {
  const { [name]: _left, ...others } = parameters
  return others
}
