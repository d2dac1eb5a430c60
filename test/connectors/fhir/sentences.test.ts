import { z } from 'zod'
import { expect, test } from 'vitest'
import { readIssues } from '../../../connectors/fhir/outcome.ts'
import { readResource } from '../../../connectors/fhir/resource.ts'
import {
  all,
  failureOf,
  fhir,
  openTestSystem,
  outcome,
  PATIENT,
  searchset,
  startServer,
} from './small-server.ts'

test('what the server says about a refusal is repeated without anything of the patient', async () => {
  const issue = {
    diagnostics: 'Jansen 123456782',
    details: { text: 'Jansen' },
    expression: ["Patient.name.where(family='Jansen')", 'Patient.name[0].family'],
  }
  await using server = await startServer((_heard, response) =>
    fhir(response, 422, outcome('required', issue)),
  )
  using given = openTestSystem(server)
  const { sentence, ...failure } = await failureOf(given.system.create(PATIENT)).then(
    ({ kind, code, message }) => ({ kind, code, sentence: message }),
  )
  expect(failure).toEqual({ kind: 'business', code: 'rejected' })
  expect(sentence).toContain('a required element is missing (Patient.name[0].family)')
  expect(sentence).not.toMatch(/Jansen|123456782/)
})

test('an issue code that FHIR does not have, and STU3 locations', async () => {
  const bodies = [outcome('Jansen'), outcome('value', { location: ['/f:Patient/f:birthDate'] })]
  await using server = await startServer((_heard, response, count) => fhir(response, 422, bodies[count - 1]))
  using given = openTestSystem(server, { version: 'STU3' })
  expect((await failureOf(given.system.create(PATIENT))).message).not.toContain('Jansen')
  expect((await failureOf(given.system.create(PATIENT))).message).toContain('(/f:Patient/f:birthDate)')
})

test('log lines hold no address, id, token or content', async () => {
  await using server = await startServer((_heard, response, count) =>
    count === 1
      ? fhir(response, 503, outcome('transient'))
      : fhir(response, 200, searchset([{ ...PATIENT, id: 'zoekmij' }])),
  )
  using given = openTestSystem(server)
  await all(given.system.search('Patient', { birthdate: '1948-03-09' }))
  expect(given.lines.length).toBeGreaterThan(1)
  expect(given.lines.join('\n')).not.toMatch(/geheim|zoekmij|1948|127\.0\.0\.1|Patient/)
})

test('readResource names the expression that is wrong, not its value', () => {
  const Shape = z.object({
    resourceType: z.literal('Patient'),
    name: z.array(z.object({ family: z.string() })),
  })
  const wrong = { resourceType: 'Patient', name: [{ family: 'Jansen' }, { family: 7 }] }
  const fail = (resource: { resourceType: string }) =>
    failureOf(Promise.resolve().then(() => readResource(Shape, resource)))
  return Promise.all([
    expect(fail(wrong)).resolves.toMatchObject({
      kind: 'business',
      message: expect.stringContaining('Patient.name[1].family'),
    }),
    expect(fail({ resourceType: 'Task' })).resolves.toMatchObject({
      kind: 'unexpected',
      code: 'resource-type',
    }),
  ])
})

test('settings that would send secrets in the clear or to a wrong place are refused', () => {
  const open =
    (address: string, more = {}) =>
    () =>
      openTestSystem({ base: address }, more).system.close()
  expect(open('http://epd.example/fhir')).toThrow('unencrypted')
  expect(open('http://epd.example/fhir', { allowUnencrypted: true })).not.toThrow()
  expect(open('http://127.evil.example/fhir')).toThrow('unencrypted')
  expect(open('http://10.0.0.1/fhir')).toThrow('unencrypted')
  expect(open('https://user:secret@epd.example/fhir')).toThrow('user name')
  expect(open('https://epd.example/fhir?x=1')).toThrow('question mark')
  expect(open('ftp://epd.example/')).toThrow('https://')
})

test('issues keep only what FHIR itself defines', () => {
  const odd = outcome('constructor', { diagnostics: 'Jansen', expression: ['Jansen 123456782', 'Task.for'] })
  expect(readIssues(odd)).toEqual([{ severity: 'error', code: 'other', expression: 'Task.for' }])
  expect(readIssues({ resourceType: 'Patient', issue: [{}] })).toEqual([])
})
