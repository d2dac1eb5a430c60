import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Measured, type Handled } from '../../server/items/worklist-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Opened } from './answers.ts'
import { AssignDialog } from './assign-dialog.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { ReleaseDialog } from './release-dialog.tsx'
import type { MeasuredTime } from './use-work-beats.ts'

interface WorkEndsProps {
  readonly item: Opened
  readonly byHand: boolean
  readonly onByHand: (measured: MeasuredTime) => void
  readonly onHandled: (handled: z.output<typeof Handled>) => void
  /** It is not in one's hands any more. */
  readonly onLeft: (message: string) => void
}

type Ending = 'cancel' | 'release' | 'assign'

/** The other ways on: by hand, to a colleague, back to the list, or not at all. */
export function WorkEnds(props: WorkEndsProps) {
  const { item, byHand, onByHand } = props
  const t = useTexts()
  const { api } = useHospital()
  const [asking, setAsking] = useState<Ending>()
  const choose = useChange({ answer: Measured })
  const path = `${api}/worklist/${item.id}`
  const byHandNow = () =>
    choose.mutate({ path: `${path}/by-hand`, body: { chosen: true } }, { onSuccess: onByHand })
  const close = () => setAsking(undefined)
  return (
    <>
      {choose.error && <Problem error={choose.error} />}
      <Group gap="sm">
        {!byHand && (
          <Button variant="default" loading={choose.isPending} onClick={byHandNow}>
            {t('items.working.byhand')}
          </Button>
        )}
        <Button variant="default" onClick={() => setAsking('assign')}>
          {t('items.work.assign')}
        </Button>
        <Button variant="default" onClick={() => setAsking('release')}>
          {t('items.working.release')}
        </Button>
        <Button variant="subtle" color="red" onClick={() => setAsking('cancel')}>
          {t('items.working.cancel')}
        </Button>
      </Group>
      {asking && <Asking {...props} asking={asking} path={path} byHandNow={byHandNow} onClose={close} />}
    </>
  )
}

interface AskingProps extends WorkEndsProps {
  readonly asking: Ending
  readonly path: string
  readonly byHandNow: () => void
  readonly onClose: () => void
}

/** What is asked before one of those ways is gone. */
function Asking({ asking, item, path, byHand, byHandNow, onClose, onHandled, onLeft }: AskingProps) {
  const t = useTexts()
  const insteadByHand = () => {
    onClose()
    byHandNow()
  }
  switch (asking) {
    case 'cancel':
      return (
        <CancelDialog
          item={item}
          path={path}
          onByHand={byHand ? undefined : insteadByHand}
          onClose={onClose}
          onHandled={onHandled}
        />
      )
    case 'release':
      return (
        <ReleaseDialog path={path} onClose={onClose} onDone={() => onLeft(t('items.working.did.released'))} />
      )
    case 'assign':
      return <AssignDialog item={item.id} onClose={onClose} onDone={() => onLeft(t('items.work.assigned'))} />
  }
}
