import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { endsWithin } from '../../../dashboards/terminal/stopping.ts'
import { ROOT } from '../../source-files.ts'

/** Says when it heard the wish to stop, and then does not stop by itself. */
const STUBBORN = `
const { listenForStop, untilAborted } = await import(process.argv[1])
const stopping = listenForStop()
setInterval(() => undefined, 60_000)
process.stdout.write('listening')
await untilAborted(stopping.signal)
process.stdout.write('heard')
`

test('the first Ctrl-C is a wish, the second ends at once', async () => {
  const module = pathToFileURL(join(ROOT, 'dashboards/terminal/stopping.ts')).href
  const child = spawn(process.execPath, ['--input-type=module', '--eval', STUBBORN, module], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exit = once(child, 'exit')
  expect(String(await once(child.stdout, 'data'))).toBe('listening')
  child.kill('SIGINT')
  expect(String(await once(child.stdout, 'data'))).toBe('heard')
  expect(child.exitCode).toBeNull()
  child.kill('SIGINT')
  expect(await exit).toEqual([130, null])
})

test('waiting for an end has an end', async () => {
  expect(await endsWithin(Promise.resolve(), 60_000)).toBe(true)
  expect(await endsWithin(new Promise(() => undefined), 1)).toBe(false)
  await expect(endsWithin(Promise.reject(new Error('broken')), 60_000)).rejects.toThrow('broken')
})
