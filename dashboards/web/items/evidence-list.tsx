import { Button, Group, Image, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Problem } from '../shared/asked.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { useCalled, useTexts } from '../shared/use-texts.ts'
import { useHospital } from '../shared/use-path.ts'
import type { Story } from './answers.ts'
import { fetchEvidence, type ShownEvidence } from './fetch-evidence.ts'

type Piece = Pick<Story['evidence'][number], 'id' | 'at' | 'label' | 'title' | 'mediaType'>

interface EvidenceListProps {
  readonly item: string
  readonly evidence: readonly Piece[]
  readonly mayReveal: boolean
}

/** What shows that it was done. A picture comes only when somebody asks for it, and that is written down. */
export function EvidenceList({ item, evidence, mayReveal }: EvidenceListProps) {
  const t = useTexts()
  if (evidence.length === 0) return <Text c="dimmed">{t('items.one.evidence.none')}</Text>
  return (
    <Stack component="ul" gap="sm" className="attention-list">
      {evidence.map((piece) => (
        <li key={piece.id}>
          <EvidencePiece item={item} piece={piece} mayReveal={mayReveal} />
        </li>
      ))}
    </Stack>
  )
}

interface EvidencePieceProps {
  readonly item: string
  readonly piece: Piece
  readonly mayReveal: boolean
}

function EvidencePiece({ item, piece, mayReveal }: EvidencePieceProps) {
  const t = useTexts()
  const called = useCalled()
  const { api } = useHospital()
  const [shown, setShown] = useState<ShownEvidence>()
  const [error, setError] = useState<Error>()
  useEffect(() => () => shown?.forget(), [shown])
  const label = called({ name: piece.label, title: piece.title })
  const show = () => {
    fetchEvidence(`${api}/items/${item}/evidence/${piece.id}`).then(setShown, setError)
  }
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm">
          {label} · <LocalTime at={piece.at} />
        </Text>
        {mayReveal && !shown && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={show}
            aria-label={`${t('items.one.evidence.show')}: ${label}`}
          >
            {t('items.one.evidence.show')}
          </Button>
        )}
      </Group>
      {error && <Problem error={error} />}
      {shown?.kind === 'picture' && (
        <Image
          className="evidence-picture"
          src={shown.address}
          alt={t('items.one.evidence.picture', { label })}
        />
      )}
      {shown?.kind === 'text' && <Text className="breaks">{shown.text}</Text>}
    </Stack>
  )
}
