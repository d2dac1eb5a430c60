import { expect, test } from 'vitest'
import { mayBeInAddress, mayBeInConditionAddress } from '../../../connectors/fhir/parameters.ts'
import { all, fhir, openTestSystem, searchset, startServer } from './small-server.ts'

const ABOUT_A_PERSON = [
  'subject:Patient.name',
  'actor:Patient.identifier',
  'patient:identifier',
  'subject:Patient:name',
  'subject:text',
  'patient:',
  'subject:Patient.general-practitioner.name',
]

test('a modifier or chain by which a harmless parameter asks for a person stands in no address', async () => {
  expect(ABOUT_A_PERSON.filter((name) => mayBeInAddress([[name, 'Jansen']]))).toEqual([])
  expect(ABOUT_A_PERSON.filter((name) => mayBeInConditionAddress([[name, 'Jansen']]))).toEqual([])
  const plain = ['subject:Patient', 'status:not', 'date:missing', '_include:iterate', 'code:in', 'patient']
  expect(plain.filter((name) => !mayBeInAddress([[name, '1']]))).toEqual([])
  for (const name of ABOUT_A_PERSON.slice(0, 3)) {
    await using server = await startServer(({ headers, body }, response) => {
      const next = `http://${headers.host}/fhir/Task?${name}=Jansen&_offset=1`
      fhir(response, 200, body.includes('_offset') ? searchset([]) : searchset([], next))
    })
    using given = openTestSystem(server)
    await all(given.system.search('Task', {}))
    expect(server.heard.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /fhir/Task/_search',
      'POST /fhir/Task/_search',
    ])
  }
})
