import { test } from 'vitest'
import { openPages } from './open-pages.ts'
test('shots', { timeout: 300_000 }, async () => {
  await using pages = await openPages()
  const only = (process.env['SHOTS'] ?? '').split(',').filter(Boolean)
  for (const path of only) {
    const role =
      path.startsWith('/sign-in') || path.startsWith('/welcome')
        ? null
        : ((process.env['SHOTROLE'] as 'administrator') ?? (['administrator', 'it', 'programme'] as const))
    await using opened = await pages.openPage({ role }, path)
    for (const width of [1280, 390])
      for (const colorScheme of ['light', 'dark'] as const) {
        await opened.page.setViewportSize({ width, height: width === 390 ? 844 : 800 })
        await opened.page.emulateMedia({ colorScheme })
        await opened.page.screenshot({
          path: `/tmp/shots/${path.replaceAll('/', '_')}-${width}-${colorScheme}.png`,
          fullPage: true,
        })
      }
    console.log(path, opened.watched)
  }
})
