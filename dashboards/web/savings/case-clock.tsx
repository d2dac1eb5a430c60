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
  const clock = useCase(measurement)
  return (
    <Stack gap="sm" align="start">
      <ClockButtons time={clock.time} onStart={clock.start} onStop={() => clock.stop()} onDrop={clock.end} />
      {clock.error && <Problem error={clock.error} />}
    </Stack>
  )
}

interface ClockButtonsProps {
  /** Milliseconds; undefined while nothing is timed. */
  readonly time: number | undefined
  /** Which case it is, where there are several. */
  readonly of?: string
  readonly disabled?: boolean
  readonly onStart: () => void
  readonly onStop: () => void
  readonly onDrop: () => void
}

/** One button starts and stops, so that the keyboard stays where it is. */
export function ClockButtons({ time, of, disabled = false, onStart, onStop, onDrop }: ClockButtonsProps) {
  const t = useTexts()
  const running = time !== undefined
  const named = (word: string) => (of === undefined ? {} : { 'aria-label': `${word}: ${of}` })
  const go = t(running ? 'savings.stopwatch.stop' : 'savings.stopwatch.start')
  const drop = t('savings.stopwatch.drop')
  return (
    <Group gap="sm">
      <Button
        {...named(go)}
        {...(running ? { color: 'green' } : {})}
        disabled={disabled}
        onClick={running ? onStop : onStart}
      >
        {go}
      </Button>
      {running && (
        <>
          <Button variant="default" {...named(drop)} onClick={onDrop}>
            {drop}
          </Button>
          <Text className="tabular">{t('savings.stopwatch.running', { time: clockText(time) })}</Text>
        </>
      )}
    </Group>
  )
}

/** The time of the case that runs, and keeping it; of an item in shadow mode with its id. */
export function useCase(measurement: string) {
  const { api } = useHospital()
  const [since, setSince] = useState<number>()
  const [now, setNow] = useState(0)
  const ticking = useInterval(() => setNow(performance.now()), 1000)
  const { mutate, error } = useChange({ answer: CaseMade, touches: [`${api}/measurements`] })
  const start = () => {
    setSince(performance.now())
    setNow(performance.now())
    ticking.start()
  }
  const end = () => {
    ticking.stop()
    setSince(undefined)
  }
  const stop = (item?: string, onSuccess?: () => void) => {
    const milliseconds = Math.round(performance.now() - (since ?? 0))
    end()
    const body = item === undefined ? { milliseconds } : { milliseconds, item }
    mutate({ path: `${api}/measurements/${measurement}/cases`, body }, onSuccess ? { onSuccess } : {})
  }
  return { time: since === undefined ? undefined : now - since, start, end, stop, error }
}
