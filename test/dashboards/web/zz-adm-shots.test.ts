import { test } from 'vitest'
import { openPages, settled } from './open-pages.ts'
import { expectAccessible, expectNoSidewaysScrolling } from './expect-accessible.ts'
test('shots', { timeout: 300_000 }, async () => {
  await using pages = await openPages()
  const base = '/hospitals/noord/'
  const paths = [
    'deployments',
    'deployments/noord-insurance-check',
    'bots',
    'systems',
    'systems/epd',
    'new-system',
    'calendar',
    'changes',
    'put-to-work/noord-insurance-check-2',
  ]
  const only = (process.env['ADM'] ?? '').split(',').filter(Boolean)
  for (const path of only.length > 0 ? only : paths) {
    await using opened = await pages.openPage(
      { role: 'administrator', language: process.env['LANG2'] === 'en' ? 'en' : 'nl' },
      base + path,
    )
    const steps = path.startsWith('put') ? 6 : 1
    for (let step = 0; step < steps; step += 1) {
      if (step > 0) {
        await opened.page.setViewportSize({ width: 1280, height: 900 })
        await opened.page.getByRole('button', { name: 'Bewaren en verder' }).click()
        await opened.page.waitForTimeout(1500)
      }
      for (const width of [1280, 390]) {
        await opened.page.setViewportSize({ width, height: 844 })
        await settled(opened.page)
        await opened.page.screenshot({
          path: `/tmp/adm-shots/${path.replaceAll('/', '_')}-${step}-${width}.png`,
          fullPage: true,
        })
        try {
          await expectAccessible(opened.page)
        } catch (e) {
          console.log(
            'AXE',
            path,
            step,
            width,
            JSON.stringify((e as { actual: unknown }).actual).slice(0, 3000),
          )
        }
        try {
          await expectNoSidewaysScrolling(opened.page)
        } catch (e) {
          console.log('WIDE', path, step, width, String((e as Error).message).slice(0, 300))
        }
      }
    }
    console.log(path, JSON.stringify(opened.watched))
  }
})
