import { isAbsolute } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../connectors/failure.ts'
import { readConfig, settingsTable } from '../../orchestrator/config.ts'

function problems(environment: Record<string, string>): string {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
  return ''
}

describe('the settings', () => {
  test('are whole and agree with each other when nothing is set', () => {
    const config = readConfig({})
    expect(config).toMatchObject({ leaseSeconds: 60, maxAttempts: 5, logLevel: 'info', hl7Host: '127.0.0.1' })
    expect(config.databaseUrl).toBeUndefined()
    expect(isAbsolute(config.home)).toBe(true)
  })

  test('take fractions of seconds, and an empty variable as left out', () => {
    const config = readConfig({ ONTREGEL_DEAD_MAN_SECONDS: '0.25', ONTREGEL_CONCURRENCY: '' })
    expect(config).toMatchObject({ deadManSeconds: 0.25, concurrency: 4 })
  })

  test('are refused all at once, each with its name and remedy, and no value is quoted', () => {
    const text = problems({
      ONTREGEL_CONCURRENCY: 'many',
      ONTREGEL_SWEEP_SECONDS: '-1',
      ONTREGEL_LOG_LEVEL: 'loud',
      ONTREGEL_LEASE: '5',
      DATABASE_URL: 'mysql://me:hunter2@host/x',
    })
    expect(text.split('\n- ').slice(1)).toEqual([
      'ONTREGEL_LEASE is not a setting; look in the settings table of the README how it is spelled.',
      'DATABASE_URL must look like postgres://user:password@host:5432/database; leave it out for none.',
      'ONTREGEL_LOG_LEVEL must be debug, info, warn, error or silent; leave it out for info.',
      'ONTREGEL_CONCURRENCY must be a whole number, such as 4; leave it out for 4.',
      'ONTREGEL_SWEEP_SECONDS must be more than 0 seconds; leave it out for 30.',
    ])
    expect(text).not.toContain('hunter2')
  })

  test.each([
    [{ ONTREGEL_HEARTBEAT_SECONDS: '40' }, 'ONTREGEL_HEARTBEAT_SECONDS must be at most half'],
    [{ ONTREGEL_ARM_MARGIN_SECONDS: '45' }, 'ONTREGEL_ARM_MARGIN_SECONDS must be less'],
    [{ ONTREGEL_DEAD_MAN_SECONDS: '10' }, 'ONTREGEL_DEAD_MAN_SECONDS must be less'],
    [{ ONTREGEL_QUIET_SECONDS: '62' }, 'ONTREGEL_QUIET_SECONDS must be more'],
    [{ ONTREGEL_WEB_HOST: '0.0.0.0' }, 'ONTREGEL_WEB_ADDRESS must be set when ONTREGEL_WEB_HOST'],
    [{ ONTREGEL_WEB_HOST: '10.0.0.7' }, 'ONTREGEL_WEB_ADDRESS must be set when ONTREGEL_WEB_HOST'],
    [
      { ONTREGEL_OIDC_CLIENT: 'ontregel' },
      'ONTREGEL_OIDC_ISSUER and ONTREGEL_OIDC_CLIENT must be set together',
    ],
    [
      { ONTREGEL_OIDC_CLIENT: 'ontregel', ONTREGEL_OIDC_ISSUER: 'https://login.example' },
      'ONTREGEL_WEB_ADDRESS must be set when ONTREGEL_OIDC_ISSUER is',
    ],
    [
      {
        ONTREGEL_OIDC_CLIENT: 'ontregel',
        ONTREGEL_OIDC_ISSUER: 'http://login.example',
        ONTREGEL_WEB_ADDRESS: 'https://ontregel.example',
      },
      'ONTREGEL_OIDC_ISSUER must begin with https',
    ],
  ])('are refused when they contradict each other: %o', (environment, sentence) => {
    expect(problems(environment)).toContain(sentence)
  })

  test('have a row each in the table', () => {
    expect(settingsTable().split('\n')).toContain(
      '| `ONTREGEL_MAX_ATTEMPTS` | `5` | How often an item is tried before it waits for a person. |',
    )
  })
})
