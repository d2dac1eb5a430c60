import { Systems } from '../../server/administer/system-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { ButtonLink } from '../shared/page-link.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useMayAdminister } from './may-administer.ts'
import { SystemTable } from './system-table.tsx'

/** The applications that robots use here: where they are, how they stand, and whether robots can sign in. */
export default function SystemsPage() {
  const t = useTexts()
  const { api, pages } = useHospital()
  const asked = useAsk(Systems, `${api}/systems`)
  const add = useMayAdminister() && (
    <ButtonLink to={`${pages}/new-system`}>{t('administer.systems.new')}</ButtonLink>
  )
  return (
    <PageFrame title={t('administer.systems.title')} lead={t('administer.systems.lead')} actions={add}>
      <Card>
        <Asked of={asked}>{({ systems, today }) => <SystemTable rows={systems} today={today} />}</Asked>
      </Card>
    </PageFrame>
  )
}
