import { Radio, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { BulkDone, BulkPreview } from '../../server/items/bulk-schemas.ts'
import type { ItemFilter } from '../../server/items/item-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts, type Texts } from '../shared/use-texts.ts'
import type { Handling } from './answers.ts'
import { BulkPreviewTable } from './bulk-preview-table.tsx'

interface BulkDialogProps {
  readonly handling: Handling
  readonly which: { readonly items: readonly string[] } | { readonly search: z.input<typeof ItemFilter> }
  readonly onDone: () => void
  readonly onClose: () => void
}

type Version = 'installed' | 'same'

/** Asks why, shows what will happen to which items, and does exactly that. */
export function BulkDialog({ handling, which, onDone, onClose }: BulkDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [reason, setReason] = useState('')
  const [version, setVersion] = useState<Version>('installed')
  const preview = useChange({ answer: BulkPreview })
  const carryOut = useChange({
    answer: BulkDone,
    touches: [`${api}/items`, `${api}/worklist`, `${api}/today`],
  })
  const look = () =>
    preview.mutate({ path: `${api}/items/bulk`, body: { ...which, handling, reason, version } })
  const finished = (done: z.output<typeof BulkDone>) => {
    told(whatBecame(done, t))
    onDone()
    onClose()
  }
  const act = () =>
    carryOut.mutate({ path: `${api}/items/bulk/${preview.data?.id}` }, { onSuccess: finished })
  return (
    <ConfirmDialog
      opened
      title={t(`items.bulk.${handling}`)}
      confirm={preview.data ? t(`items.bulk.${handling}`) : t('items.bulk.preview')}
      {...(preview.data && handling === 'cancel' ? { color: 'red' as const } : {})}
      busy={preview.isPending || carryOut.isPending}
      error={carryOut.error ?? preview.error}
      ready={preview.data ? preview.data.items.some(({ refused }) => refused === null) : reason.trim() !== ''}
      onConfirm={preview.data ? act : look}
      onClose={onClose}
    >
      {preview.data ? (
        <BulkPreviewTable handling={handling} preview={preview.data} />
      ) : (
        <Why handling={handling} {...{ reason, setReason, version, setVersion }} />
      )}
    </ConfirmDialog>
  )
}

/** In one sentence: only the last that is told is shown. */
function whatBecame({ handling, changed, left }: z.output<typeof BulkDone>, t: Texts): string {
  const did = t(`items.bulk.${handling}.did`, { count: changed.length })
  return left.length === 0 ? did : `${did}. ${t('items.bulk.left', { count: left.length })}`
}

interface WhyProps {
  readonly handling: Handling
  readonly reason: string
  readonly setReason: (reason: string) => void
  readonly version: Version
  readonly setVersion: (version: Version) => void
}

function Why({ handling, reason, setReason, version, setVersion }: WhyProps) {
  const t = useTexts()
  return (
    <Stack gap="md">
      <TextInput
        label={t('items.bulk.reason')}
        description={t('items.bulk.reason.hint')}
        data-autofocus
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {handling === 'retry' && (
        <Radio.Group
          label={t('items.bulk.version')}
          description={t('items.bulk.version.hint')}
          value={version}
          onChange={(value) => setVersion(value === 'same' ? 'same' : 'installed')}
        >
          <Stack gap={4} mt="xs">
            <Radio value="installed" label={t('items.bulk.version.installed')} />
            <Radio value="same" label={t('items.bulk.version.same')} />
          </Stack>
        </Radio.Group>
      )}
      {handling === 'cancel' && <Text size="sm">{t('items.working.cancel.sentence')}</Text>}
    </Stack>
  )
}
