import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTexts } from '../shared/use-texts.ts'
import type { System } from './answers.ts'

interface EnterCredentialsProps {
  readonly system: System
  readonly part: System['credentials'][number]['part']
}

const CredentialsDialog = lazy(() => import('./credentials-dialog.tsx'))

/** A button that opens the fields of one part of a system's credentials, which come when they are opened first. */
export function EnterCredentials({ system, part }: EnterCredentialsProps) {
  const t = useTexts()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('administer.credentials.enter')}
      </Button>
      <Suspense fallback={null}>
        {open && <CredentialsDialog system={system} part={part} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  )
}
