import { chmod, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serverAccount } from '../../../orchestrator/ledger/postgres-account.ts'
import { findPrograms, packageFolder } from '../../../orchestrator/ledger/postgres-programs.ts'

interface Link {
  readonly target: string
}

/** Packages as npm leaves them when install scripts are blocked: without their library links. */
describe.skipIf(process.platform === 'win32')('PostgreSQL of which npm made no links', () => {
  let work: string

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'ontregel-programs-'))
    await chmod(work, 0o755)
    await cp(join(packageFolder(), '..'), join(work, 'package'), { recursive: true, verbatimSymlinks: true })
    const links: Link[] = JSON.parse(
      await readFile(join(work, 'package', 'native', 'pg-symlinks.json'), 'utf8'),
    )
    for (const { target } of links) await rm(join(work, 'package', target), { force: true })
    await cp(join(work, 'package'), join(work, 'closed'), { recursive: true, verbatimSymlinks: true })
  })

  afterAll(async () => {
    await chmod(join(work, 'closed', 'native', 'lib'), 0o755)
    await rm(work, { recursive: true, force: true })
  })

  test('gets them where it is', async () => {
    const native = join(work, 'package', 'native')
    const programs = await findPrograms(join(work, 'unused'), serverAccount(), native)
    expect(dirname(programs.initdb)).toBe(join(native, 'bin'))
  })

  test('is copied, once, when its folder is closed to the account that runs it', async () => {
    const native = join(work, 'closed', 'native')
    const place = join(work, 'place')
    await mkdir(place)
    await chmod(join(native, 'lib'), serverAccount() ? 0o700 : 0o555)
    const programs = await findPrograms(place, serverAccount(), native)
    expect(programs.initdb.startsWith(join(place, 'programs-'))).toBe(true)
    expect(await findPrograms(place, serverAccount(), native)).toEqual(programs)
  })
})
