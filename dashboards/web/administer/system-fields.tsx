import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { SystemForms, SystemSaved } from '../../server/administer/system-schemas.ts'
import { Asked, Problem } from '../shared/asked.tsx'
import { GeneratedForm } from '../shared/generated-form.tsx'
import { NumberField } from '../shared/number-field.tsx'
import { told } from '../shared/told.ts'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { System, SystemDraft } from './answers.ts'
import { FhirSignIn } from './fhir-sign-in.tsx'
import { SystemLocators } from './system-locators.tsx'

/** A system that is set up here; others are described in a file. */

interface SystemFieldsProps {
  readonly system: SystemDraft
  readonly onSaved?: () => void
}

/** Where a system is, its seats, and the form of its kind. */
export function SystemFields({ system, onSaved }: SystemFieldsProps) {
  const { api } = useHospital()
  const forms = useAsk(SystemForms, `${api}/system-forms`)
  const { draft, set, save, isPending, error } = useSystemDraft(system, onSaved)
  const t = useTexts()
  return (
    <Stack gap="md">
      <Place draft={draft} set={set} error={error?.field === 'address' ? error.message : undefined} />
      <Asked of={forms}>
        {(both) => (
          <GeneratedForm
            schema={both[draft.kind]}
            value={generated(draft.settings)}
            onChange={(settings) => set({ settings: { ...asSettings(settings), ...apart(draft.settings) } })}
            onSubmit={(settings) => save({ ...draft.settings, ...asSettings(settings) })}
            error={error}
            name="system"
          >
            {draft.kind === 'fhir' && (
              <FhirSignIn settings={draft.settings} onChange={(settings) => set({ settings })} />
            )}
            {draft.kind === 'web' && (
              <SystemLocators settings={draft.settings} onChange={(settings) => set({ settings })} />
            )}
            {error && error.field !== 'address' && <Problem error={error} />}
            <Text size="sm" c="dimmed">
              {t('administer.system.moved')}
            </Text>
            <Group>
              <Button type="submit" loading={isPending}>
                {t('shared.save')}
              </Button>
            </Group>
          </GeneratedForm>
        )}
      </Asked>
    </Stack>
  )
}

interface PlaceProps {
  readonly draft: SystemDraft
  readonly set: (part: Partial<SystemDraft>) => void
  readonly error: string | undefined
}

function Place({ draft, set, error }: PlaceProps) {
  const t = useTexts()
  return (
    <>
      <TextInput
        required
        label={t('administer.system.address')}
        description={t(`administer.system.address.${draft.kind}`)}
        value={draft.address}
        error={error}
        onChange={(event) => set({ address: event.currentTarget.value })}
      />
      <NumberField
        label={t('administer.systems.seats')}
        description={t('administer.system.seats.hint')}
        min={1}
        max={1000}
        value={draft.seats}
        onChange={(seats) => set({ seats: seats ?? 1 })}
      />
    </>
  )
}

/** What the generated form knows: it refuses a field that is not its own. */
function generated({ locators: _apart, ...settings }: System['settings']): System['settings'] {
  return settings
}

/** What is filled in beside it. */
function apart({ locators }: System['settings']): System['settings'] {
  return locators === undefined ? {} : { locators }
}

const asSettings = (value: unknown): System['settings'] => Object(value)

function useSystemDraft(system: SystemDraft, onSaved: (() => void) | undefined) {
  const t = useTexts()
  const { api } = useHospital()
  const [draft, setDraft] = useState(system)
  const { mutate, isPending, error } = useChange({ answer: SystemSaved, method: 'PUT', touches: [api] })
  const save = (settings: System['settings']) => {
    const { id, kind, address, seats } = draft
    mutate(
      { path: `${api}/systems/${id}`, body: { kind, address, seats, settings } },
      {
        onSuccess: ({ credentialsRemoved }) => {
          told(t(credentialsRemoved ? 'administer.system.credentialsgone' : 'shared.saved'))
          onSaved?.()
        },
      },
    )
  }
  return {
    draft,
    set: (part: Partial<SystemDraft>) => setDraft({ ...draft, ...part }),
    save,
    isPending,
    error,
  }
}
