import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../orchestrator/config.ts'
import type { Finding } from './doctor-findings.ts'

const KEY_BYTES = 32
const LITTLE_ROOM_BYTES = 1024 ** 3

/** The data folder: can it be written, by us and for what runs as another account, and is there room. */
export async function findFolder({ home }: Config): Promise<readonly Omit<Finding, 'about'>[]> {
  try {
    await mkdir(home, { recursive: true })
    const probe = join(home, `probe-${randomUUID()}`)
    await writeFile(probe, 'probe')
    await rm(probe)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const remedy = 'Give your account the right to write there, or set ONTREGEL_HOME to another folder.'
    return [{ status: 'problem', sentence: `${home} cannot be written (${code}).`, remedy }]
  }
  const { bavail, bsize } = await statfs(home)
  const free = `${((bavail * bsize) / 1024 ** 3).toFixed(1)} GB free`
  if (bavail * bsize >= LITTLE_ROOM_BYTES)
    return [{ status: 'ok', sentence: `${home} can be written; ${free}.` }]
  const remedy = 'Make room, or set ONTREGEL_HOME to a folder on another disk.'
  return [{ status: 'note', sentence: `${home} can be written, but has only ${free}.`, remedy }]
}

/** The key that opens secrets and evidence: whole, and for its owner only. */
export async function findKeyFile({ home }: Config): Promise<readonly Omit<Finding, 'about'>[]> {
  const path = join(home, 'secret.key')
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!found)
    return [
      {
        status: 'ok',
        sentence: `There is no key yet; the first start makes ${path}. Keep a copy of it elsewhere.`,
      },
    ]
  const key = Buffer.from(await readFile(path, 'utf8'), 'base64')
  if (key.length !== KEY_BYTES) {
    const remedy = 'Restore it from its copy: nothing that was sealed can be opened without it.'
    return [{ status: 'problem', sentence: `${path} does not hold a key of ${KEY_BYTES} bytes.`, remedy }]
  }
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    const remedy = `Take the others’ rights away: chmod 600 ${path}`
    return [{ status: 'problem', sentence: `${path} can be read by others than its owner.`, remedy }]
  }
  return [{ status: 'ok', sentence: `${path} can be read by its owner only. Keep a copy of it elsewhere.` }]
}
