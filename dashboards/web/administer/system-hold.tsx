import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { rolesAt, useMe } from '../shared/me.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { System } from './answers.ts'
import { isHeld } from './system-state.tsx'

/** Holding a system, letting work begin there again, and forgetting its failures. */
export function SystemHold({ system }: { readonly system: System }) {
  const t = useTexts()
  const { api, id: hospital } = useHospital()
  const [holding, setHolding] = useState(false)
  const roles = rolesAt(useMe(), hospital)
  const path = `${api}/systems/${system.id}`
  const release = useChange({ answer: Done, method: 'DELETE', touches: [api] })
  if (!roles.includes('administrator') && !roles.includes('it')) return null
  const held = isHeld(system)
  return (
    <Stack gap="sm">
      {held && <HeldBecause system={system} />}
      <Group gap="sm">
        {held ? (
          <Button
            loading={release.isPending}
            onClick={() => release.mutate({ path: `${path}/hold`, body: {} })}
          >
            {t('administer.hold.release')}
          </Button>
        ) : (
          <Button variant="default" onClick={() => setHolding(true)}>
            {t('administer.hold.do')}
          </Button>
        )}
        <ResetButton system={system} path={path} />
      </Group>
      {release.error && <Problem error={release.error} />}
      {holding && <HoldDialog path={path} onClose={() => setHolding(false)} />}
    </Stack>
  )
}

function ResetButton({ system, path }: { readonly system: System; readonly path: string }) {
  const t = useTexts()
  const { api } = useHospital()
  const { mutate, isPending } = useChange({ answer: Done, touches: [api] })
  if (system.failures === 0 && system.openUntil === null) return null
  return (
    <Button variant="default" loading={isPending} onClick={() => mutate({ path: `${path}/reset`, body: {} })}>
      {t('administer.hold.reset')}
    </Button>
  )
}

function HeldBecause({ system: { heldReason, heldUntil } }: { readonly system: System }) {
  const t = useTexts()
  return (
    <Text>
      {t('administer.hold.because', { reason: heldReason ?? '' })}{' '}
      {heldUntil === null ? (
        t('administer.hold.open')
      ) : (
        <>
          {t('administer.hold.until')} <LocalTime at={heldUntil} shape="full" />
        </>
      )}
    </Text>
  )
}

function HoldDialog({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const t = useTexts()
  const { api } = useHospital()
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'PUT', touches: [api] })
  const body = { reason, until: until === '' ? null : new Date(until).toISOString() }
  return (
    <ConfirmDialog
      opened
      title={t('administer.hold.question')}
      sentence={t('administer.hold.why')}
      confirm={t('administer.hold.do')}
      ready={reason.trim() !== ''}
      busy={isPending}
      error={error}
      onConfirm={() => mutate({ path: `${path}/hold`, body }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextInput
        required
        data-autofocus
        label={t('administer.hold.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={t('administer.hold.end')}
        description={t('administer.hold.end.hint')}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
