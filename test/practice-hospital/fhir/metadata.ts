import { RESOURCE_TYPES } from './elements.ts'
import type { JsonObject } from './json.ts'
import { SEARCH_PARAMETERS } from './search-parameters.ts'

/** What this server can do, for GET /metadata. `date` is an ISO instant. */
export function capabilityStatement(base: string, date: string): JsonObject {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'Practice hospital' },
    implementation: { description: 'FHIR endpoint of a practice hospital', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        resource: RESOURCE_TYPES.map((type) => ({
          type,
          interaction: ['read', 'vread', 'create', 'update', 'patch', 'search-type'].map((code) => ({
            code,
          })),
          versioning: 'versioned-update',
          readHistory: false,
          updateCreate: true,
          conditionalCreate: true,
          conditionalUpdate: true,
          searchParam: Object.entries(SEARCH_PARAMETERS[type]).map(([name, parameter]) => ({
            name,
            type: parameter.type,
          })),
        })),
      },
    ],
  }
}
