import { asFailure } from '../failure.ts'
import type { FhirSystem } from './client.ts'
import { fieldsOf, listOf, textOf } from './json-fields.ts'
import type { Json } from './resource.ts'

/** What a server must be able to do for the robots that use it. */
export interface ServerNeeds {
  /** Resource types that are created on a condition. */
  readonly conditionalCreate?: readonly string[]
  readonly transaction?: boolean
  /** A resource type to try POST `_search` on; left out, nothing is searched. */
  readonly postSearch?: string
}

/** One thing that was looked at, and what a person can do when it is not right. */
export interface ServerFinding {
  readonly about: 'reachable' | 'version' | 'conditional-create' | 'transaction' | 'post-search'
  readonly right: boolean
  readonly sentence: string
}

const VERSIONS = { R4: /^4\.0\./, STU3: /^3\.0\./ } as const
/** An id that nobody has: what is tried finds nothing. */
const NOBODY = 'ontregel-tries-whether-search-works'

/**
 * Whether a server is what its settings and its robots take it for: by its own statement (`/metadata`), and a search by
 * POST that finds nothing, for that no statement tells. Never throws for what it finds; nothing is written.
 */
export async function checkServer(
  system: FhirSystem,
  needs: ServerNeeds = {},
): Promise<readonly ServerFinding[]> {
  const { id } = system
  let statement
  try {
    statement = await system.metadata()
  } catch (error) {
    return [{ about: 'reachable', right: false, sentence: asFailure(error).message }]
  }
  const server = listOf(statement['rest'])
    .map(fieldsOf)
    .find((rest) => rest.get('mode') === 'server')
  const findings = [
    finding('reachable', true, `The FHIR server "${id}" answers.`),
    version(system, statement['fhirVersion']),
  ]
  for (const type of needs.conditionalCreate ?? [])
    findings.push(conditionalCreate(id, type, server?.get('resource')))
  if (needs.transaction) findings.push(transaction(id, server?.get('interaction')))
  if (needs.postSearch !== undefined) findings.push(await postSearch(system, needs.postSearch))
  return findings
}

function finding(about: ServerFinding['about'], right: boolean, sentence: string): ServerFinding {
  return { about, right, sentence }
}

function version({ id, version: wanted }: FhirSystem, stated: Json | undefined): ServerFinding {
  const text = /^\d{1,2}\.\d{1,3}\.[\w.-]{1,20}$/.exec(textOf(stated))?.[0] ?? 'no version'
  if (VERSIONS[wanted].test(text))
    return finding('version', true, `The FHIR server "${id}" speaks ${wanted} (${text}).`)
  const sentence = `The FHIR server "${id}" states ${text}, and its settings say ${wanted}: correct the version or the address of this system.`
  return finding('version', false, sentence)
}

function conditionalCreate(id: string, type: string, resources: Json | undefined): ServerFinding {
  const stated = listOf(resources)
    .map(fieldsOf)
    .find((resource) => resource.get('type') === type)
  if (stated?.get('conditionalCreate') === true)
    return finding('conditional-create', true, `The FHIR server "${id}" creates a ${type} on a condition.`)
  const sentence = `The FHIR server "${id}" does not state that it creates a ${type} only when there is none: without that a robot must not create one there.`
  return finding('conditional-create', false, sentence)
}

function transaction(id: string, interactions: Json | undefined): ServerFinding {
  const right = listOf(interactions).some((one) => fieldsOf(one).get('code') === 'transaction')
  const sentence = right
    ? `The FHIR server "${id}" carries out transactions.`
    : `The FHIR server "${id}" does not state that it carries out transactions: have them allowed there.`
  return finding('transaction', right, sentence)
}

async function postSearch(system: FhirSystem, type: string): Promise<ServerFinding> {
  try {
    for await (const found of system.search(type, { _id: NOBODY })) void found
    return finding('post-search', true, `The FHIR server "${system.id}" answers a search.`)
  } catch (error) {
    return finding('post-search', false, asFailure(error).message)
  }
}
