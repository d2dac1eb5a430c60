import { Checkbox, Group, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { useMe } from '../shared/me.ts'
import { NumberField } from '../shared/number-field.tsx'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import type { Baseline, CataloguedBot } from './answers.ts'

const METHODS = ['stopwatch', 'log', 'estimate'] as const

interface AddBaselineProps {
  readonly bot: CataloguedBot
  readonly onAdd: (baseline: Baseline) => void
  readonly onClose: () => void
}

/** What was measured of one variant; it is only added when it is whole. */
export function AddBaseline({ bot, onAdd, onClose }: AddBaselineProps) {
  const t = useTexts()
  const { account } = useMe()
  const [baseline, setBaseline] = useState<Baseline>(() => begun(bot, account))
  const set = (part: Partial<Baseline>) => setBaseline({ ...baseline, ...part })
  const add = () => {
    const sampled = baseline.method === 'estimate' ? withoutSampling(baseline) : baseline
    onAdd(beginsEarly(sampled) ? sampled : withoutChoice(sampled))
    onClose()
  }
  return (
    <ConfirmDialog
      opened
      title={t('administer.baseline.add')}
      confirm={t('administer.baseline.add')}
      ready={isWhole(baseline)}
      onConfirm={add}
      onClose={onClose}
    >
      <Measured bot={bot} baseline={baseline} set={set} />
      <Group grow align="start">
        <Day name="measuredOn" baseline={baseline} set={set} />
        <Day name="validFrom" baseline={baseline} set={set} />
        <Day name="remeasureOn" baseline={baseline} set={set} />
      </Group>
      {beginsEarly(baseline) && (
        <Checkbox
          label={t('administer.baseline.backdate')}
          checked={baseline.backdated ?? false}
          onChange={(event) => set({ backdated: event.currentTarget.checked })}
        />
      )}
    </ConfirmDialog>
  )
}

interface PartProps {
  readonly baseline: Baseline
  readonly set: (part: Partial<Baseline>) => void
}

function Measured({ bot, baseline, set }: PartProps & { readonly bot: CataloguedBot }) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  return (
    <>
      <NativeSelect
        label={t('administer.baseline.variant')}
        value={baseline.variant}
        data={bot.variants.map(({ id, title }) => ({ value: id, label: inLanguage(title) }))}
        onChange={(event) => set({ variant: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('administer.baseline.method')}
        value={baseline.method}
        data={METHODS.map((value) => ({ value, label: t(`administer.baseline.${value}`) }))}
        onChange={(event) =>
          set({ method: METHODS.find((one) => one === event.currentTarget.value) ?? 'estimate' })
        }
      />
      <NumberField
        required
        label={t('administer.baseline.minutes')}
        min={0}
        decimals={3}
        value={baseline.minutes === 0 ? undefined : baseline.minutes}
        onChange={(minutes) => set({ minutes: minutes ?? 0 })}
      />
      {baseline.method !== 'estimate' && <Sampled baseline={baseline} set={set} />}
    </>
  )
}

function Sampled({ baseline, set }: PartProps) {
  const t = useTexts()
  return (
    <Group grow align="start">
      <NumberField
        required
        label={t('administer.baseline.n')}
        min={1}
        value={baseline.n ?? undefined}
        onChange={(n) => set({ n: n ?? 0 })}
      />
      <NumberField
        required={asksSpread(baseline)}
        label={t('administer.baseline.spread')}
        min={0}
        decimals={3}
        value={baseline.spreadMinutes ?? undefined}
        onChange={(spreadMinutes) => set({ spreadMinutes })}
      />
    </Group>
  )
}

function Day({
  name,
  baseline,
  set,
}: PartProps & { readonly name: 'measuredOn' | 'validFrom' | 'remeasureOn' }) {
  const t = useTexts()
  return (
    <TextInput
      type="date"
      required
      label={t(`administer.baseline.${name}`)}
      value={baseline[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
}

function begun(bot: CataloguedBot, account: string): Baseline {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(new Date())
  const nextYear = `${Number(today.slice(0, 4)) + 1}${today.slice(4).replace('02-29', '02-28')}`
  const days = { measuredOn: today, validFrom: today, remeasureOn: nextYear }
  return { variant: bot.variants[0]?.id ?? '', minutes: 0, method: 'stopwatch', measuredBy: account, ...days }
}

/** An estimate has no cases and no spread. */
function withoutSampling({ n: _n, spreadMinutes: _spread, ...baseline }: Baseline): Baseline {
  return baseline
}

/** Before it was measured: items may have been counted in between. */
const beginsEarly = ({ validFrom, measuredOn }: Baseline): boolean => validFrom < measuredOn

function withoutChoice({ backdated: _backdated, ...baseline }: Baseline): Baseline {
  return baseline
}

/** Of one case there is no spread; of more the mean has no interval without it. */
const asksSpread = ({ method, n }: Baseline): boolean => method !== 'estimate' && n !== undefined && n > 1

function isWhole(baseline: Baseline): boolean {
  const { variant, minutes, method, n, spreadMinutes, measuredOn, validFrom, remeasureOn } = baseline
  const counted = method === 'estimate' || (n !== undefined && n > 0)
  const sampled = counted && (spreadMinutes !== undefined || !asksSpread(baseline))
  const dated = [measuredOn, validFrom, remeasureOn].every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))
  return variant !== '' && minutes > 0 && sampled && dated && remeasureOn > measuredOn
}
