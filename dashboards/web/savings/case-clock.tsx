import { Button, Group, Stack, Text } from '@mantine/core'
import { useInterval } from '@mantine/hooks'
import { useState } from 'react'
import { CaseMade } from '../../server/savings/measure-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

/** `4:05` */
export function clockText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Starts and stops the time of one case; the time runs on the clock that nobody can set. */
export function CaseClock({ measurement }: { readonly measurement: string }) {
  const t = useTexts()
  const { since, now, start, end, stop, keep } = useCase(measurement)
  const running = since !== undefined
  return (
    <Stack gap="sm" align="start">
      {running ? (
        <Group gap="sm">
          <Button color="green" onClick={stop}>
            {t('savings.stopwatch.stop')}
          </Button>
          <Button variant="default" onClick={end}>
            {t('savings.stopwatch.drop')}
          </Button>
          <Text className="tabular">{t('savings.stopwatch.running', { time: clockText(now - since) })}</Text>
        </Group>
      ) : (
        <Button loading={keep.isPending} onClick={start}>
          {t('savings.stopwatch.start')}
        </Button>
      )}
      {keep.error && <Problem error={keep.error} />}
    </Stack>
  )
}

function useCase(measurement: string) {
  const { api } = useHospital()
  const [since, setSince] = useState<number>()
  const [now, setNow] = useState(0)
  const ticking = useInterval(() => setNow(performance.now()), 1000)
  const keep = useChange({ answer: CaseMade, touches: [`${api}/measurements`] })
  const start = () => {
    setSince(performance.now())
    setNow(performance.now())
    ticking.start()
  }
  const end = () => {
    ticking.stop()
    setSince(undefined)
  }
  const stop = () => {
    const milliseconds = Math.round(performance.now() - (since ?? 0))
    end()
    keep.mutate({ path: `${api}/measurements/${measurement}/cases`, body: { milliseconds } })
  }
  return { since, now, start, end, stop, keep }
}
