import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef, type RefObject } from 'react'
import { Problem } from '../shared/asked.tsx'
import { useTexts } from '../shared/use-texts.ts'
import type { CaseTimer } from './use-case-timer.ts'

/** `4:05` */
export function clockText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

interface CaseClockProps {
  readonly measurement: string
  readonly timer: CaseTimer
  /** For a thumb on a phone, beside other work. */
  readonly large?: boolean
}

/** Starts and stops the time of one case after another; the time runs on the server's clock. */
export function CaseClock({ measurement, timer, large = false }: CaseClockProps) {
  const t = useTexts()
  const { running, error } = timer
  const mine = running?.measurement === measurement
  const other = running !== null && !mine
  return (
    <Stack gap="sm" align={large ? 'stretch' : 'start'}>
      <ClockButtons
        timer={timer}
        mine={mine}
        disabled={other}
        large={large}
        onStart={() => timer.start(measurement)}
        onNext={() => timer.stop({ next: true })}
      />
      {other && <Text size="sm">{t('savings.stopwatch.other')}</Text>}
      {error && (mine || !running) && <Problem error={error} />}
    </Stack>
  )
}

/** Who was at a case while its measurement was closed is told that it cannot be kept; nothing when that is not so. */
export function EndedCase({ timer }: { readonly timer: CaseTimer }) {
  const t = useTexts()
  if (timer.running?.ended !== true) return null
  return (
    <Alert color="blue" variant="light" role="alert" title={t('savings.stopwatch.ended')}>
      <Stack gap="sm" align="start">
        <Text size="sm">{t('savings.stopwatch.ended.why')}</Text>
        <Button variant="default" onClick={timer.drop}>
          {t('savings.stopwatch.ended.ok')}
        </Button>
      </Stack>
    </Alert>
  )
}

interface ClockButtonsProps {
  readonly timer: CaseTimer
  /** The case that runs is this one. */
  readonly mine: boolean
  /** Which case it is, where there are several. */
  readonly of?: string
  readonly disabled?: boolean
  readonly large?: boolean
  readonly onStart: () => void
  /** After it was kept. */
  readonly onKept?: () => void
  /** Left out where the next case is no matter of going on. */
  readonly onNext?: () => void
}

/** The clock of a case with its buttons, or the question whether so long a time is right. */
export function ClockButtons(props: ClockButtonsProps) {
  const { timer, mine, large = false } = props
  const main = useRef<HTMLButtonElement>(null)
  const asks = mine && timer.running?.stopped === true
  const asked = useRef(asks)
  // What is pressed away takes the keyboard along; it goes on at the button that stays.
  useEffect(() => {
    if (asked.current && !asks) main.current?.focus()
    asked.current = asks
  }, [asks])
  return (
    <Stack gap="sm" align={large ? 'stretch' : 'start'}>
      {mine && <ClockFace timer={timer} large={large} />}
      {asks ? <LongCase timer={timer} /> : <Buttons {...props} main={main} />}
    </Stack>
  )
}

interface ButtonsProps extends ClockButtonsProps {
  readonly main: RefObject<HTMLButtonElement | null>
}

/** One button starts and stops, so that the keyboard stays where it is. */
function Buttons({ timer, mine, of, disabled = false, large = false, main, ...on }: ButtonsProps) {
  const t = useTexts()
  const word = (key: 'start' | 'stop' | 'again' | 'drop') => t(`savings.stopwatch.${key}`)
  const named = (text: string) => (of === undefined ? {} : { 'aria-label': `${text}: ${of}` })
  const size = large ? ({ size: 'xl', fullWidth: true } as const) : {}
  const go = word(mine ? (timer.unsent ? 'again' : 'stop') : 'start')
  const unlessBusy = (act: () => void) => () => {
    if (!timer.busy) act()
  }
  const drop = () => {
    main.current?.focus()
    timer.drop()
  }
  return (
    <Group gap="sm">
      <Button
        ref={main}
        {...named(go)}
        {...size}
        {...(mine ? { color: 'green' } : {})}
        disabled={disabled}
        onClick={unlessBusy(mine ? () => timer.stop({}, on.onKept) : on.onStart)}
      >
        {go}
      </Button>
      {mine && on.onNext && (
        <Button {...size} variant="light" onClick={unlessBusy(on.onNext)}>
          {t('savings.stopwatch.next')}
        </Button>
      )}
      {mine && (
        <Button {...named(word('drop'))} {...size} variant="default" onClick={unlessBusy(drop)}>
          {word('drop')}
        </Button>
      )}
    </Group>
  )
}

function ClockFace({
  timer: { time = 0, unsent },
  large,
}: {
  readonly timer: CaseTimer
  readonly large: boolean
}) {
  const t = useTexts()
  const words = t(unsent ? 'savings.stopwatch.unsent' : 'savings.stopwatch.running', {
    time: clockText(time),
  })
  return (
    <Text className="tabular" {...(large ? { size: 'xl', fw: 600, ta: 'center' } : {})}>
      {words}
    </Text>
  )
}

/** A case that took longer than one expects is asked about, not dropped; after a day nobody knows any more. */
function LongCase({ timer }: { readonly timer: CaseTimer }) {
  const t = useTexts()
  const question = useRef<HTMLDivElement>(null)
  useEffect(() => question.current?.focus(), [])
  const { time = 0 } = timer
  const tooLong = timer.running?.tooLong === true
  return (
    <Alert
      color="blue"
      variant="light"
      ref={question}
      tabIndex={-1}
      role="alert"
      title={t('savings.stopwatch.long', { time: clockText(time) })}
    >
      <Stack gap="sm" align="start">
        <Text size="sm">{t(tooLong ? 'savings.stopwatch.long.day' : 'savings.stopwatch.long.hint')}</Text>
        <Group gap="sm">
          {!tooLong && (
            <Button onClick={() => !timer.busy && timer.stop({ sure: true })}>
              {t('savings.stopwatch.long.keep')}
            </Button>
          )}
          <Button variant="default" onClick={() => !timer.busy && timer.drop()}>
            {t('savings.stopwatch.drop')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
