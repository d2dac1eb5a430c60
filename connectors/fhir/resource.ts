import type { z } from 'zod'
import { Failure } from '../failure.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A FHIR resource as it came or will go; its own fields are read through `readResource`. */
export interface Resource {
  readonly resourceType: string
  readonly id?: string
  readonly meta?: { readonly [field: string]: Json }
  readonly [field: string]: Json | undefined
}

/** Whether parsed JSON is a resource: an object with a type, and with a text for an id if it has one. */
export function isResource(value: unknown): value is Resource {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  if (!('resourceType' in value) || typeof value.resourceType !== 'string') return false
  return !('id' in value) || typeof value.id === 'string'
}

/** The version id of a resource, for `ifMatch`; undefined when the server keeps no versions. */
export function versionOf(resource: Resource): string | undefined {
  const version = resource.meta?.['versionId']
  return typeof version === 'string' ? version : undefined
}

/**
 * The resource in the shape a bot needs. Another type than the schema's is `unexpected` (the robot asked wrongly);
 * a field that is missing or wrong is `business`, for someone can correct it at the source. Both name the expression.
 */
export function readResource<Schema extends z.ZodType>(schema: Schema, resource: Resource): z.output<Schema> {
  const result = schema.safeParse(resource)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path ?? []
  const expression = `${typeName(resource)}${path.map(step).join('')}`
  if (path[0] === 'resourceType') {
    throw new Failure(
      'unexpected',
      'resource-type',
      `A ${typeName(resource)} came where another type of resource was meant.`,
    )
  }
  const sentence = `${expression} is missing or not as it should be: correct it in the system that the resource comes from.`
  throw new Failure('business', 'resource-field', sentence)
}

function typeName(resource: Resource): string {
  return /^[A-Z][A-Za-z]{0,63}$/.test(resource.resourceType) ? resource.resourceType : 'resource'
}

function step(part: PropertyKey): string {
  return typeof part === 'number' ? `[${part}]` : `.${String(part)}`
}
