import { findChromium } from '../../connectors/browser/chromium.ts'
import { startBrowser } from '../../connectors/browser/start-browser.ts'
import type { Config } from '../../orchestrator/config.ts'
import type { Finding } from './doctor-findings.ts'

/** The browser that web systems are worked in: which one, whether it starts, and whether its sandbox holds. */
export async function findBrowser(
  { chromium }: Config,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Omit<Finding, 'about'>[]> {
  const found = await findChromium({ path: chromium, env })
  const started = await startBrowser(found)
  const { sandboxed, notes } = started
  const version = started.browser.version()
  await started.close()
  const how = sandboxed ? 'in its sandbox' : 'without its sandbox'
  return [
    {
      status: 'ok',
      sentence: `Chromium ${version} (${found.source}: ${found.executablePath}) starts, ${how}.`,
    },
    ...notes.map((sentence) => ({ status: 'note' as const, sentence })),
  ]
}
