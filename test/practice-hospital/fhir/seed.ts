import type { Hospital } from '../hospital.ts'
import { planDeaths, plannedDeaths } from './deaths.ts'
import type { Resources } from './resources.ts'
import { seedAppointments } from './seed-appointments.ts'

/** Fills a new data folder with as many appointments and planned deaths as the hospital's size says. */
export function seedResources(hospital: Hospital, resources: Resources): void {
  const { appointments, deaths } = hospital.size
  if (resources.list('Appointment').length === 0)
    resources.change(undefined, (draft) => seedAppointments(hospital, draft, appointments))
  const missing = deaths - plannedDeaths(hospital).length
  if (missing > 0) planDeaths(hospital, resources, missing)
}
