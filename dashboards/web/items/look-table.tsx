import { DataTable, type Column } from '../shared/data-table.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { useTexts } from '../shared/use-texts.ts'
import type { Story } from './answers.ts'

type Look = Story['looks'][number] & { readonly key: string }

/** Who saw this item or its evidence, from the access log. */
export function LookTable({ looks }: { readonly looks: Story['looks'] }) {
  const t = useTexts()
  const columns: Column<Look>[] = [
    { key: 'when', title: t('items.one.looks.when'), show: ({ at }) => <LocalTime at={at} shape="full" /> },
    {
      key: 'who',
      title: t('items.one.looks.who'),
      show: ({ actor, kind }) => `${actor} (${t(`items.kind.${kind}`)})`,
    },
    {
      key: 'what',
      title: t('items.one.looks.what'),
      show: ({ action, subject }) =>
        subject === 'evidence' ? t('items.look.evidence') : t(`items.look.${action}`),
    },
  ]
  const rows = looks.map((look, index) => ({ ...look, key: String(index) }))
  return <DataTable caption={t('items.one.looks')} columns={columns} rows={rows} rowKey={({ key }) => key} />
}
