import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { Colleagues } from '../../server/items/worklist-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

interface AssignDialogProps {
  readonly item: string
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Gives an item of the worklist to a colleague. */
export function AssignDialog({ item, onClose, onDone }: AssignDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [account, setAccount] = useState('')
  const colleagues = useAsk(Colleagues, `${api}/worklist/colleagues`)
  const assign = useChange({ answer: Done, touches: [`${api}/worklist`] })
  const names = (colleagues.data ?? []).map((one) => ({
    value: one.account,
    label: `${one.name} (${one.account})`,
  }))
  const given = () => {
    onClose()
    onDone()
  }
  const act = () =>
    assign.mutate({ path: `${api}/worklist/${item}/assign`, body: { account } }, { onSuccess: given })
  return (
    <ConfirmDialog
      opened
      title={t('items.work.assign.title')}
      sentence={t('items.work.assign.sentence')}
      confirm={t('items.work.assign')}
      busy={assign.isPending}
      error={assign.error}
      ready={account !== ''}
      onConfirm={act}
      onClose={onClose}
    >
      <NativeSelect
        label={t('items.work.assign.to')}
        data-autofocus
        data={[{ value: '', label: '–' }, ...names]}
        value={account}
        onChange={(event) => setAccount(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
