import { Button, Checkbox, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import type { ItemFilter } from '../../server/items/item-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Handling } from './answers.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import { useAdministers } from './use-administers.ts'

export const HANDLINGS: readonly Handling[] = ['retry', 'park', 'cancel']

interface BulkBarProps {
  readonly chosen: ReadonlySet<string>
  readonly filter: z.input<typeof ItemFilter>
  /** Something was changed. */
  readonly onDone: () => void
}

/** What can be done to the ticked items, or to all that was found. */
export function BulkBar({ chosen, filter, onDone }: BulkBarProps) {
  const t = useTexts()
  const [everything, setEverything] = useState(false)
  const [handling, setHandling] = useState<Handling>()
  const administers = useAdministers()
  if (!administers) return null
  const which = everything ? { search: filter } : { items: [...chosen] }
  return (
    <Group gap="sm">
      <Text size="sm" role="status">
        {t('items.list.chosen', { count: chosen.size })}
      </Text>
      <Checkbox
        size="sm"
        label={t('items.list.everything')}
        checked={everything}
        onChange={(event) => setEverything(event.currentTarget.checked)}
      />
      {HANDLINGS.map((each) => (
        <Button
          key={each}
          size="compact-sm"
          variant="default"
          disabled={!everything && chosen.size === 0}
          onClick={() => setHandling(each)}
        >
          {t(`items.bulk.${each}`)}
        </Button>
      ))}
      {handling && (
        <BulkDialog
          handling={handling}
          which={which}
          onDone={onDone}
          onClose={() => setHandling(undefined)}
        />
      )}
    </Group>
  )
}
