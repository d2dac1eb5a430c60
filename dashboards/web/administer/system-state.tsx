import { Group } from '@mantine/core'
import { StateBadge } from '../shared/state-badge.tsx'
import { useTexts } from '../shared/use-texts.ts'
import type { System } from './answers.ts'

/** Whether it is used, held by a person, or left alone because it failed too often. */
export function SystemState({ system }: { readonly system: System }) {
  const t = useTexts()
  const held = isHeld(system)
  const failing = system.openUntil !== null
  return (
    <Group gap={4}>
      {held && <StateBadge tone="attention" text={t('administer.systems.held')} />}
      {failing && <StateBadge tone="bad" text={t('administer.systems.failing')} />}
      {!held && !failing && <StateBadge tone="good" text={t('administer.systems.open')} />}
    </Group>
  )
}

/** A hold whose end has passed holds nothing any more. */
export function isHeld({ heldReason, heldUntil }: Pick<System, 'heldReason' | 'heldUntil'>): boolean {
  return heldReason !== null && (heldUntil === null || Date.parse(heldUntil) > Date.now())
}
