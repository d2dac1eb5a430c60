import { setTimeout as pause } from 'node:timers/promises'
import { Failure } from '../failure.ts'
import type { Log } from '../log.ts'
import { NO_PRESS, type PressGuard } from '../press-guard.ts'
import { checkId, checkType } from './addresses.ts'
import { expectResource } from './answer.ts'
import { readBinary, type Binary } from './binary.ts'
import type { SearchParameters, Token } from './parameters.ts'
import type { ResultPage } from './pages.ts'
import { plan } from './plan.ts'
import type { Resource } from './resource.ts'
import { everything, find, search, searchPages } from './search.ts'
import { send, type Access, type Way } from './send.ts'
import { readSettings, type FhirSystemSettings } from './settings.ts'
import { transaction, type TransactionEntry } from './transaction.ts'
import { openTransport, type Connection } from './transport.ts'
import { updateMatching } from './update-matching.ts'
import { create, patch, update, type PatchOperation, type Written } from './writes.ts'

/** A hospital's FHIR endpoint as a bot holds it. Reads are retried where that can help; a write is sent once. */
export interface FhirSystem {
  readonly kind: 'fhir'
  readonly id: string
  readonly address: string
  readonly version: 'R4' | 'STU3'
  read(type: string, id: string): Promise<Resource>
  search(type: string, parameters: SearchParameters): AsyncIterable<Resource>
  /** All that carry the identifier; none when nobody does. */
  find(type: string, identifier: Required<Token>): Promise<readonly Resource[]>
  create(resource: Resource, condition?: { readonly ifNoneExist?: SearchParameters }): Promise<Written>
  update(resource: Resource, condition?: { readonly ifMatch?: string }): Promise<Written>
  /** Replaces the one that matches, and creates it when none does; several are refused by `several-match`. */
  updateMatching(resource: Resource, matching: SearchParameters): Promise<Written>
  patch(
    type: string,
    id: string,
    operations: readonly PatchOperation[],
    condition?: { readonly ifMatch?: string },
  ): Promise<Written>
  transaction(entries: readonly TransactionEntry[]): Promise<readonly Written[]>
  readBinary(idOrUrl: string): Promise<Binary>
  everything(type: string, id: string): AsyncIterable<Resource>
  /** What a search finds a page at a time, nothing left out: a resource that shifts between pages can come twice. */
  searchPages(type: string, parameters: SearchParameters): AsyncIterable<ResultPage>
  /** What the server states that it can do (`/metadata`). */
  metadata(): Promise<Resource>
}

export interface FhirOptions {
  readonly log: Log
  readonly connection?: Connection
  /** Milliseconds since 1970; the clock by default. */
  readonly now?: () => number
  /** Passes the time between two attempts. */
  readonly wait?: (ms: number) => Promise<void>
}

/** What all items of a worker share: its connections and its sign-in. */
export interface FhirEndpoint extends FhirSystem {
  /** The same endpoint for one item: its writes ask the guard when their connection is ready, before a byte leaves. */
  guardedBy(guard: PressGuard): FhirSystem
  close(): void
}

/**
 * A FHIR endpoint, ready to be asked; nothing is sent yet. `close` ends what is under way: a read as `transient`, a write
 * as `unsure`. @throws business when a setting is wrong.
 */
export function openFhirSystem(raw: FhirSystemSettings, access: Access, options: FhirOptions): FhirEndpoint {
  const { id, version, base, limits, search: searchBy } = readSettings(raw)
  const transport = openTransport(options.connection)
  const { log, now = Date.now, wait = (ms) => pause(ms) } = options
  const shared = { system: id, base, limits, search: searchBy, transport, access, log, now, wait }
  return {
    ...systemOver({ ...shared, guard: NO_PRESS }, version),
    guardedBy: (guard) => systemOver({ ...shared, guard }, version),
    close: () => transport.close(),
  }
}

function systemOver(way: Way, version: FhirSystem['version']): FhirSystem {
  return {
    kind: 'fhir',
    id: way.system,
    address: way.base.href,
    version,
    read: (type, resourceId) => read(way, type, resourceId),
    search: (type, parameters) => search(way, type, parameters),
    find: (type, identifier) => find(way, type, identifier),
    create: (resource, { ifNoneExist } = {}) => create(way, resource, ifNoneExist),
    update: (resource, { ifMatch } = {}) => update(way, resource, ifMatch),
    updateMatching: (resource, matching) => updateMatching(way, resource, matching),
    patch: (type, resourceId, operations, { ifMatch } = {}) =>
      patch(way, type, resourceId, operations, ifMatch),
    transaction: (entries) => transaction(way, entries),
    readBinary: (idOrUrl) => readBinary(way, idOrUrl),
    everything: (type, resourceId) => everything(way, type, resourceId),
    searchPages: (type, parameters) => searchPages(way, type, parameters),
    metadata: () => metadata(way),
  }
}

async function read(way: Way, type: string, id: string): Promise<Resource> {
  const call = { resourceType: checkType(type), id: checkId(id) }
  const request = await plan(way.base, (library) => library.read(call))
  const resource = expectResource(await send(way, request, { writes: false, byId: true }), [type], way.system)
  if (resource.id === id) return resource
  const sentence = `The FHIR server "${way.system}" answered with another ${type} than was asked for: have it looked at before robots go on.`
  throw new Failure('unexpected', 'another-resource', sentence, { system: way.system })
}

async function metadata(way: Way): Promise<Resource> {
  const request = await plan(way.base, (library) => library.capabilityStatement())
  // STU3's predecessor called it a Conformance: then its version tells more than its name.
  return expectResource(
    await send(way, request, { writes: false }),
    ['CapabilityStatement', 'Conformance'],
    way.system,
  )
}
