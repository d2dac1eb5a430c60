import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useTexts } from '../shared/use-texts.ts'
import { ChangeHistory } from './change-history.tsx'

/** Everything that was changed at this hospital, by whom, and the way back. */
export default function ChangesPage() {
  const t = useTexts()
  return (
    <PageFrame title={t('administer.changes.title')} lead={t('administer.changes.lead')}>
      <Card>
        <ChangeHistory />
      </Card>
    </PageFrame>
  )
}
