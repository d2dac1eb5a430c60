import { posix, win32 } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

const WINDOWS_FOLDERS = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'] as const

/** Where browsers that were installed by others stand on this kind of machine; not all of these exist. */
export function installedPlaces(
  source: 'configured' | 'playwright' | 'msedge' | 'chrome' | 'path' | 'bundled',
  env: Environment,
  platform: NodeJS.Platform,
): readonly string[] {
  if (source === 'msedge') {
    if (platform === 'win32') return onWindows(env, ['Microsoft', 'Edge', 'Application', 'msedge.exe'])
    if (platform === 'darwin') return ['/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge']
    return ['/opt/microsoft/msedge/msedge']
  }
  if (source === 'chrome') {
    if (platform === 'win32') return onWindows(env, ['Google', 'Chrome', 'Application', 'chrome.exe'])
    if (platform === 'darwin') return ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']
    return ['/opt/google/chrome/chrome']
  }
  return source === 'path' ? onPath(env, platform) : []
}

function onWindows(env: Environment, rest: readonly string[]): readonly string[] {
  const folders = WINDOWS_FOLDERS.map((name) => env[name]).filter((folder) => folder !== undefined)
  return folders.map((folder) => win32.join(folder, ...rest))
}

function onPath(env: Environment, platform: NodeJS.Platform): readonly string[] {
  const path = platform === 'win32' ? win32 : posix
  const names =
    platform === 'win32' ? ['chromium.exe', 'chrome.exe'] : ['chromium', 'chromium-browser', 'google-chrome']
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(path.delimiter).filter(path.isAbsolute)
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name)))
}
