import { Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ROLES_OF_ELEMENTS } from '../../server/administer/system-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { System } from './answers.ts'

type Settings = System['settings']

const WAYS = ['label', 'role', 'text', 'css'] as const
type Way = (typeof WAYS)[number]

/** One element as it is being described. */
interface Described {
  /** What the robot calls it. */
  readonly name: string
  readonly way: Way
  /** Of the way `role`. */
  readonly role: string
  readonly words: string
}

const NEW: Described = { name: '', way: 'label', role: 'button', words: '' }

interface SystemLocatorsProps {
  readonly settings: Settings
  readonly onChange: (settings: Settings) => void
}

/** Elements of a robot's screens that are called otherwise at this hospital: found as described here, without a release. */
export function SystemLocators({ settings, onChange }: SystemLocatorsProps) {
  const t = useTexts()
  const [rows, setRows] = useState(() => describedIn(settings['locators']))
  const put = (next: readonly Described[]) => {
    setRows(next)
    const { locators: _before, ...others } = settings
    const locators = next.filter(({ name }) => name !== '').map((row) => [row.name, written(row)] as const)
    onChange(locators.length === 0 ? others : { ...others, locators: Object.fromEntries(locators) })
  }
  return (
    <Fieldset legend={t('administer.locators')}>
      <Stack gap="md">
        <Text size="sm">{t('administer.locators.hint')}</Text>
        {rows.map((row, place) => (
          <OneLocator
            // A row has no name of its own while it is typed: its place is all that tells it apart.
            key={`${rows.length} ${place}`}
            number={place + 1}
            row={row}
            twice={rows.findIndex(({ name }) => name === row.name) !== place}
            onChange={(changed) => put(rows.map((one, at) => (at === place ? changed : one)))}
            onRemove={() => put(rows.filter((_, at) => at !== place))}
          />
        ))}
        <Group>
          <Button variant="default" onClick={() => put([...rows, NEW])}>
            {t('administer.locators.add')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  )
}

interface OneLocatorProps {
  readonly number: number
  readonly row: Described
  readonly twice: boolean
  readonly onChange: (row: Described) => void
  readonly onRemove: () => void
}

function OneLocator({ number, row, twice, onChange, onRemove }: OneLocatorProps) {
  const t = useTexts()
  return (
    <Stack gap="xs" role="group" aria-label={t('administer.locators.one', { number })}>
      <TextInput
        required
        label={t('administer.locators.name')}
        description={t('administer.locators.name.hint')}
        value={row.name}
        error={row.name !== '' && twice ? t('administer.locators.twice') : undefined}
        onChange={(event) => onChange({ ...row, name: event.currentTarget.value.trim() })}
      />
      <Group align="end" gap="md">
        <HowFound row={row} onChange={onChange} />
        <Button
          variant="default"
          aria-label={t('administer.locators.remove.of', { number })}
          onClick={onRemove}
        >
          {t('administer.condition.remove')}
        </Button>
      </Group>
    </Stack>
  )
}

function HowFound({ row, onChange }: Pick<OneLocatorProps, 'row' | 'onChange'>) {
  const t = useTexts()
  return (
    <>
      <NativeSelect
        label={t('administer.locators.way')}
        value={row.way}
        data={WAYS.map((value) => ({ value, label: t(`administer.locators.way.${value}`) }))}
        onChange={(event) =>
          onChange({ ...row, way: WAYS.find((one) => one === event.currentTarget.value) ?? 'label' })
        }
      />
      {row.way === 'role' && (
        <NativeSelect
          label={t('administer.locators.role')}
          value={row.role}
          data={[...ROLES_OF_ELEMENTS]}
          onChange={(event) => onChange({ ...row, role: event.currentTarget.value })}
        />
      )}
      <TextInput
        required
        label={t(`administer.locators.words.${row.way}`)}
        value={row.words}
        onChange={(event) => onChange({ ...row, words: event.currentTarget.value })}
      />
    </>
  )
}

function written({ way, role, words }: Described): Record<string, string> {
  return way === 'role' ? { role, name: words } : { [way]: words }
}

function describedIn(locators: unknown): readonly Described[] {
  return Object.entries(Object(locators)).map(([name, setting]) => {
    const fields = new Map(Object.entries(Object(setting)))
    const text = (field: string) => String(fields.get(field) ?? '')
    const way = WAYS.find((one) => fields.has(one)) ?? 'label'
    return way === 'role'
      ? { name, way, role: text('role'), words: text('name') }
      : { ...NEW, name, way, words: text(way) }
  })
}
