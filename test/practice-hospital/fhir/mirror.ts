import { z } from 'zod'
import type { Hospital } from '../hospital.ts'
import type { Patient } from '../patients.ts'
import { patientId, patientResource } from './patient-resource.ts'
import type { Resources } from './resources.ts'

/**
 * Gives a function that brings the Patient resources up to date with the hospital's patients, wherever they were
 * changed: a new version for each that is new or differs from when it was last brought over.
 */
export function createMirror({ store, patients, random }: Hospital, resources: Resources): () => void {
  const mirrored = store.collection('fhir-mirror', z.object({ source: z.string() }))
  const seen = new Map<string, Patient>()
  return () => {
    const unseen = patients.all().filter((patient) => seen.get(patient.zis) !== patient)
    const changed = unseen.filter((patient) => mirrored.get(patient.zis)?.source !== JSON.stringify(patient))
    if (changed.length > 0)
      resources.change(undefined, (draft) => {
        for (const patient of changed)
          draft.put('Patient', patientId(random, patient.zis), patientResource(random, patient))
      })
    changed.forEach((patient) => mirrored.put(patient.zis, { source: JSON.stringify(patient) }))
    unseen.forEach((patient) => seen.set(patient.zis, patient))
  }
}
