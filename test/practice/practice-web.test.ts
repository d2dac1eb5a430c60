import { TOTP } from 'otpauth'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { startPracticeProcess, temporaryFolder, type PracticeProcess } from './practice-process.ts'
import { createVisitor, type Visitor } from './visitor.ts'

const patientsSchema = z.array(
  z.object({ zis: z.string(), bsn: z.string(), family: z.string(), birthDate: z.string() }),
)
const effectsSchema = z.array(
  z.object({ kind: z.string(), key: z.string(), marker: z.string(), account: z.string() }),
)

async function signInToEpd({ at, accounts: { epd } }: PracticeProcess): Promise<Visitor> {
  const visitor = createVisitor(at.epd)
  const asked = await visitor.post('/aanmelden', { gebruikersnaam: epd.user, wachtwoord: epd.password })
  expect(asked.heading).toBe('Aanmelden met code')
  const code = new TOTP({ secret: epd.totpSecret }).generate()
  expect((await visitor.post('/aanmelden/code', { code })).heading).toBe('Patiënt zoeken')
  return visitor
}

async function registerReferral(epd: Visitor, zis: string, verwijsnummer: string, kenmerk: string) {
  const { url } = await epd.get(`/patienten/${zis}/verwijzing`)
  const wizard = url.replace(/1$/, '')
  const one = { specialisme: 'Neurologie', urgentie: 'Regulier', agb: '01004567', verwijsnummer }
  expect((await epd.post(`${wizard}1`, one)).heading).toBe('Verwijzing registreren - stap 2 van 3')
  await epd.post(`${wizard}1`, { ...one, 'extern-kenmerk': kenmerk })
  const summary = await epd.post(`${wizard}2`, { verwijsdatum: '03-11-2026', reden: 'hoofdpijn' })
  expect(summary.text).toContain('Weet u het zeker?')
  return () => epd.post(`${wizard}registreren`, {})
}

test('the EPD lets nobody in without password and code', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const visitor = createVisitor(practice.at.epd)
  expect((await visitor.get('/patienten')).heading).toBe('Aanmelden')
  const { user, password } = practice.accounts.epd
  expect((await visitor.post('/aanmelden', { gebruikersnaam: user, wachtwoord: 'onjuist' })).status).toBe(401)
  await visitor.post('/aanmelden', { gebruikersnaam: user, wachtwoord: password })
  expect((await visitor.post('/aanmelden/code', { code: '000000' })).status).toBe(401)
  expect((await visitor.get('/patienten')).heading).toBe('Aanmelden')
})

test('a referral registered once is one effect, pressed twice it is a duplicate that the witness counts', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const epd = await signInToEpd(practice)
  const [, , , , , , , patient] = patientsSchema.parse(await practice.control('/patients'))
  if (!patient) throw new Error('There is no ordinary patient.')
  const found = await epd.post('/patienten/resultaten', { bsn: patient.bsn })
  expect(found.text).toContain(`/patienten/${patient.zis}`)

  const press = await registerReferral(epd, patient.zis, 'R-9001', 'kenmerk-9001')
  const done = await press()
  expect(done.heading).toBe('Verwijzing geregistreerd')
  expect(effectsSchema.parse(await practice.control('/witness'))).toEqual([
    { kind: 'referral-registered', key: 'R-9001', marker: 'kenmerk-9001', account: 'robot' },
  ])
  expect((await epd.post('/registraties/zoeken', { 'extern-kenmerk': 'kenmerk-9001' })).text).toContain(
    '1 gevonden',
  )

  await press()
  expect(await practice.control('/witness/summary')).toEqual({
    'referral-registered': { effects: 2, keys: 1, duplicates: 1, duplicateMarkers: 1 },
  })
})

test('a form that is not filled in rightly is shown again and changes nothing', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const epd = await signInToEpd(practice)
  const refused = await epd.post('/patienten/inschrijven', {
    achternaam: 'Smit',
    geboortedatum: '31-02-1980',
  })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Vul een datum in als dd-mm-jjjj.')
  expect(await practice.control('/witness')).toEqual([])
})

test('a document can be uploaded and is in the list', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const epd = await signInToEpd(practice)
  const form = new FormData()
  for (const [name, value] of Object.entries({
    titel: 'Brief',
    soort: 'Verwijsbrief',
    'extern-kenmerk': 'kenmerk-1',
  }))
    form.append(name, value)
  form.append('bestand', new Blob(['%PDF-1.4']), 'brief.pdf')
  const shown = await epd.post('/patienten/4100049/documenten', form)
  expect(shown.text).toContain('Document toegevoegd')
  expect(shown.text).toContain('<td>brief.pdf</td>')
})

test('the referral portal marks as handled only after the confirm step', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path, '--referrals', '24')
  const portal = createVisitor(practice.at.portal)
  const { user, password } = practice.accounts.portal
  const inbox = await portal.post('/aanmelden', { gebruikersnaam: user, wachtwoord: password })
  expect(inbox.text).toContain('24 verwijzingen')
  const fields = { registratienummer: 'REG-100001', kenmerk: 'kenmerk-1001' }
  const asked = await portal.post('/verwijzingen/R-1001/afhandelen', fields)
  expect(asked.heading).toBe('Afhandeling bevestigen')
  expect(await practice.control('/witness')).toEqual([])
  await portal.post('/verwijzingen/R-1001/afgehandeld', fields)
  expect((await portal.get('/postvak?status=Nieuw')).text).toContain('23 verwijzingen')
  expect(effectsSchema.parse(await practice.control('/witness'))).toMatchObject([
    { kind: 'referral-handled', key: 'R-1001', marker: 'kenmerk-1001' },
  ])
})

test('the insurer knows a patient on BSN and birth date together, not on one of them', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const insurer = createVisitor(practice.at.insurer)
  const { user, password } = practice.accounts.insurer
  await insurer.post('/aanmelden', { gebruikersnaam: user, wachtwoord: password })
  const [, , , , , , , patient] = patientsSchema.parse(await practice.control('/patients'))
  const geboortedatum = patient?.birthDate.split('-').reverse().join('-') ?? ''
  const ask = (date: string) =>
    insurer.post('/controle', { bsn: patient?.bsn ?? '', geboortedatum: date, peildatum: '24-11-2026' })
  expect((await ask(geboortedatum)).text).toMatch(/Verzekerd<\/th>\s*<td>Ja/)
  expect((await ask('01-01-1900')).text).toMatch(/Verzekerd<\/th>\s*<td>Nee/)
})

test('a session that expires in mid-form leads to the sign-in page, and nothing is registered', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const epd = await signInToEpd(practice)
  const press = await registerReferral(epd, '4100049', 'R-9001', 'kenmerk-9001')
  await practice.control('/faults', { rate: 1, kinds: ['session-expired'] })
  expect((await press()).text).toContain('Uw sessie is verlopen')
  expect(await practice.control('/witness')).toEqual([])
})

test('a session that is idle for too long is over', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path, '--idle-minutes', '0.02')
  const epd = await signInToEpd(practice)
  await vi.waitFor(async () => expect((await epd.get('/registraties')).heading).toBe('Aanmelden'), {
    // Longer than a session may be idle, for each look keeps it alive.
    interval: 1500,
    timeout: 30_000,
  })
})

test('the frame of a patient can show another patient', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const epd = await signInToEpd(practice)
  expect((await epd.get('/patienten/4100049/inhoud')).text).toContain('<td>4100049</td>')
  await practice.control('/faults', { rate: 1, kinds: ['other-patient'] })
  expect((await epd.get('/patienten/4100049/inhoud')).text).not.toContain('<td>4100049</td>')
})

test('a page that changed has a label renamed, fields swapped, or a new field that must be filled in', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const epd = await signInToEpd(practice)
  await practice.control('/faults', { rate: 1, kinds: ['page-changed'] })
  const seen = new Set<string>()
  for (let turn = 0; turn < 20; turn += 1) {
    const labels = (await epd.get('/patienten')).text.match(/<label[^>]*>[^<]*/g) ?? []
    seen.add(labels.map((label) => label.replace(/.*>/s, '')).join(', '))
  }
  expect([...seen].sort()).toEqual([
    'Achternaam, Geb. datum, BSN',
    'Achternaam, Geboortedatum, BSN, Zorgpad',
    'Geboortedatum, Achternaam, BSN',
  ])
  const { status, text } = await epd.post('/patienten/zoeken', { achternaam: 'Smit', _zorgpad: '1' })
  expect([status, text]).toEqual([422, expect.stringContaining('Zorgpad is verplicht.')])
})

test('new work arrives on request, each with the outcome that is right for it', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path, '--referrals', '24', '--deaths', '2')
  const arrived = await practice.control('/arrivals', { referrals: 2, appointments: 1, deaths: 1 })
  expect(arrived).toMatchObject({ referrals: ['R-1025', 'R-1026'], deaths: [expect.any(String)] })
  const expected = z.array(z.object({ kind: z.string(), key: z.string(), outcome: z.string() }))
  const referrals = expected
    .parse(await practice.control('/expected'))
    .filter(({ kind }) => kind === 'referral')
  expect(referrals).toHaveLength(26)
  expect(referrals.filter(({ outcome }) => outcome === 'parked')).toHaveLength(5)
})
