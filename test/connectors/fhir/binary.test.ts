import { expect, test } from 'vitest'
import { failureOf, fhir, openTestSystem, startServer } from './small-server.ts'

test('a Binary comes as its bytes, bare or wrapped, of R4 or STU3', async () => {
  const data = Buffer.from('%PDF-1.7').toString('base64')
  await using server = await startServer(({ url }, response) => {
    if (url.endsWith('r4'))
      return fhir(response, 200, { resourceType: 'Binary', contentType: 'application/pdf', data })
    if (url.endsWith('stu3'))
      return fhir(response, 200, { resourceType: 'Binary', contentType: 'application/pdf', content: data })
    if (url.endsWith('page'))
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')
    response.writeHead(200, { 'content-type': 'application/pdf; x=1' }).end('%PDF-1.7')
  })
  using given = openTestSystem(server)
  for (const which of ['r4', 'stu3', 'Binary/bare', `${server.base}/Binary/bare`])
    expect(await given.system.readBinary(which)).toEqual({
      contentType: 'application/pdf',
      bytes: Buffer.from('%PDF-1.7'),
    })
  expect(await failureOf(given.system.readBinary('page'))).toMatchObject({ code: 'answer-unreadable' })
  expect(await failureOf(given.system.readBinary('http://127.0.0.2/Binary/1'))).toMatchObject({
    code: 'other-origin',
  })
  expect(await failureOf(given.system.readBinary('..'))).toMatchObject({ code: 'id-invalid' })
})
