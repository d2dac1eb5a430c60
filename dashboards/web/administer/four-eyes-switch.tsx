import { Stack, Switch } from '@mantine/core'
import { Done } from '../../server/door/account-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

/** Whether a second account must approve before something goes live. */
export function FourEyesSwitch({ wanted }: { readonly wanted: boolean }) {
  const t = useTexts()
  const { api } = useHospital()
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'PUT', touches: [api] })
  return (
    <Stack gap="sm">
      <Switch
        label={t('administer.foureyes.label')}
        description={t('administer.foureyes.hint')}
        checked={wanted}
        disabled={isPending}
        onChange={(event) =>
          mutate({ path: `${api}/four-eyes`, body: { wanted: event.currentTarget.checked } })
        }
      />
      {error && <Problem error={error} />}
    </Stack>
  )
}
