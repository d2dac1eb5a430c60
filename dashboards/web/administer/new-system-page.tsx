import { NativeSelect, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { KINDS_OF_SYSTEMS } from '../../server/administer/system-schemas.ts'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { System } from './answers.ts'
import { SystemFields } from './system-fields.tsx'

const ID = /^[a-z0-9-]{1,40}$/

/** A system that robots are going to use. */
export default function NewSystemPage() {
  const t = useTexts()
  const navigate = useNavigate()
  const { pages } = useHospital()
  const [id, setId] = useState('')
  const [kind, setKind] = useState<System['kind']>('web')
  return (
    <PageFrame title={t('administer.systems.new')} lead={t('administer.system.new.lead')}>
      <Card title={t('administer.system.settings')}>
        <TextInput
          required
          label={t('administer.system.id')}
          description={t('administer.system.id.hint')}
          value={id}
          error={id !== '' && !ID.test(id) ? t('administer.system.id.wrong') : undefined}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('administer.systems.kind')}
          value={kind}
          data={KINDS_OF_SYSTEMS.map((value) => ({ value, label: t(`administer.systems.kind.${value}`) }))}
          onChange={(event) =>
            setKind(KINDS_OF_SYSTEMS.find((one) => one === event.currentTarget.value) ?? 'web')
          }
        />
        {ID.test(id) && (
          <SystemFields
            key={`${id} ${kind}`}
            system={{ id, kind, address: '', seats: 1, settings: {} }}
            onSaved={() => void navigate({ to: `${pages}/systems/${id}` })}
          />
        )}
      </Card>
    </PageFrame>
  )
}
