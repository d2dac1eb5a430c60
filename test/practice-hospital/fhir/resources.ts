import { z } from 'zod'
import type { Hospital } from '../hospital.ts'
import { effectsOf, type ResourceEffect } from './effects.ts'
import { knownType, type ResourceType } from './elements.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import type { Resource } from './resource.ts'

/** Every version of every resource; what was committed is there after a kill -9. */
export interface Resources {
  get(type: ResourceType, id: string): Resource | undefined
  version(type: ResourceType, id: string, versionId: string): Resource | undefined
  /** The newest versions, in order of first appearance. */
  list(type: ResourceType): readonly Resource[]
  /**
   * Runs `work` on a draft and keeps all that it put, or nothing when it throws. Without an account it is the
   * hospital's own doing, of which the witness is told nothing.
   */
  change<T>(account: string | undefined, work: (draft: Draft) => T): T
}

/** Reads see what the draft itself has put. */
export interface Draft {
  get(type: ResourceType, id: string): Resource | undefined
  version(type: ResourceType, id: string, versionId: string): Resource | undefined
  list(type: ResourceType): readonly Resource[]
  /** A new version of this resource; `id` and `meta` of the body are replaced. */
  put(type: ResourceType, id: string, body: JsonObject): Resource
  newId(): string
  /** What it has put so far. */
  written(): readonly Resource[]
}

type History = Map<ResourceType, Map<string, Resource[]>>

const commitSchema = z.object({
  resources: z.array(z.custom<Resource>((value) => isObject(value as Json) && typeof value === 'object')),
  effects: z.array(z.object({ kind: z.string(), key: z.string(), marker: z.string(), resource: z.string() })),
  account: z.string(),
})
type Commit = z.output<typeof commitSchema>

/** Opens the resources of a hospital as they were left; one commit is one line of its journal. */
export function openResources({ store, witness, clock, random }: Hospital): Resources {
  const commits = store.collection('fhir-commits', commitSchema)
  const history: History = new Map()
  const tell = ({ effects, account }: Commit, commit: number) => {
    const told = witness.list().filter(({ detail }) => detail['fhirCommit'] === commit).length
    for (const { resource, ...effect } of effects.slice(told))
      witness.record({ ...effect, account, detail: { resource, fhirCommit: commit } })
  }
  commits.all().forEach((commit) => remember(history, commit.resources))
  const last = commits.all().at(-1)
  // A kill between the commit's line and the witness's: the effect is real, so it is told now.
  if (last) tell(last, commits.size())

  const base = readers(history)
  const change = <T>(account: string | undefined, work: (draft: Draft) => T): T => {
    const put: Resource[] = []
    const told: ResourceEffect[] = []
    const number = commits.size() + 1
    const names = random.split(`fhir commit ${number}`)
    const result = work({
      ...draftReaders(base, put),
      newId: () => `r${Array.from({ length: 16 }, () => names.integer(0, 15).toString(16)).join('')}`,
      written: () => put,
      put: (type, id, body) => {
        const previous = draftReaders(base, put).get(type, id)
        const next = nextVersion(type, id, body, previous, clock())
        put.push(next)
        told.push(...effectsOf(previous, next))
        return next
      },
    })
    if (put.length === 0) return result
    const commit = { resources: put, effects: account ? told : [], account: account ?? '' }
    commits.put(String(number), commit)
    remember(history, put)
    tell(commit, number)
    return result
  }
  return { ...base, change }
}

function nextVersion(
  resourceType: ResourceType,
  id: string,
  body: JsonObject,
  previous: Resource | undefined,
  now: Date,
): Resource {
  const given = isObject(body['meta']) ? body['meta'] : {}
  const versionId = String(Number(previous?.meta.versionId ?? 0) + 1)
  return { ...body, resourceType, id, meta: { ...given, versionId, lastUpdated: now.toISOString() } }
}

function remember(history: History, resources: readonly Resource[]): void {
  for (const resource of resources) {
    const type = knownType(resource.resourceType)
    if (!type) throw new Error(`The journal holds a ${resource.resourceType}.`)
    const shelf = history.get(type) ?? new Map<string, Resource[]>()
    history.set(type, shelf)
    shelf.set(resource.id, [...(shelf.get(resource.id) ?? []), resource])
  }
}

type Readers = Pick<Draft, 'get' | 'version' | 'list'>

function readers(history: History): Readers {
  const versions = (type: ResourceType, id: string) => history.get(type)?.get(id) ?? []
  return {
    get: (type, id) => versions(type, id).at(-1),
    version: (type, id, versionId) => versions(type, id).find(({ meta }) => meta.versionId === versionId),
    list: (type) => [...(history.get(type)?.values() ?? [])].flatMap((all) => all.at(-1) ?? []),
  }
}

function draftReaders(base: Readers, put: readonly Resource[]): Readers {
  const own = (type: ResourceType, id: string) =>
    put.filter((one) => one.resourceType === type && one.id === id)
  const get = (type: ResourceType, id: string) => own(type, id).at(-1) ?? base.get(type, id)
  return {
    get,
    version: (type, id, versionId) =>
      own(type, id).find(({ meta }) => meta.versionId === versionId) ?? base.version(type, id, versionId),
    list: (type) => {
      const ids = [...base.list(type), ...put.filter((one) => one.resourceType === type)].map(({ id }) => id)
      return [...new Set(ids)].flatMap((id) => get(type, id) ?? [])
    },
  }
}
