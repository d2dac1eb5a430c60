import { z } from 'zod'
import { TOKEN_ROLES } from '../../orchestrator/ledger/roles.ts'
import type { Route } from './route.ts'

type JsonObject = Readonly<Record<string, unknown>>

const ErrorAnswer = z.object({
  error: z.object({
    code: z.string().describe('Stable, in kebab-case: what a program looks at.'),
    sentence: z.string().describe('What is not right and what to do about it.'),
    field: z.string().optional().describe('The field it is about.'),
    number: z.string().describe('What the log knows this error by.'),
  }),
})

/** The API as OpenAPI 3.1, made of the table of routes and their schemas. */
export function openApi(routes: readonly Route[]): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ontregel',
      version: '1',
      description:
        'A program sends a token as "Authorization: Bearer …"; an administrator of the hospital makes one. The roles named are: '.concat(
          `${TOKEN_ROLES.join(', ')}.`,
        ),
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: schemaOf(ErrorAnswer, 'output') },
    },
    paths,
  }
}

/** One route as an operation of OpenAPI. */
export function describeRoute(route: Route): JsonObject {
  const { summary, body, answer, roles, forPeople } = route
  return {
    summary,
    description: `For ${whoMay(route)}.`,
    security: roles === 'anyone' || roles === 'signed-in' || forPeople ? [] : [{ token: [] }],
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(body && { requestBody: { required: true, content: json(schemaOf(body, 'input')) } }),
    responses: {
      ...answerOf(answer),
      default: { description: 'What is not right', content: json({ $ref: '#/components/schemas/Error' }) },
    },
  }
}

/** Who may use a route, in words. */
export function whoMay({ roles, forPeople }: Pick<Route, 'roles' | 'forPeople'>): string {
  if (roles === 'anyone') return 'anyone'
  if (roles === 'signed-in') return 'everyone who is signed in'
  return `${roles.join(', ')}${forPeople ? ' (people only, no token)' : ''}`
}

function answerOf(answer: Route['answer']): JsonObject {
  if (answer === 'redirect') return { 302: { description: 'Sends the browser on' } }
  if (answer === 'file')
    return { 200: { description: 'A file', content: { 'application/octet-stream': {} } } }
  if (answer === 'live')
    return { 200: { description: 'Server-sent events', content: { 'text/event-stream': {} } } }
  return { 200: { description: 'As asked', content: json(schemaOf(answer, 'output')) } }
}

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } })

const Properties = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
})

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): JsonObject[] {
  if (!schema) return []
  const { properties, required } = Properties.parse(schemaOf(schema, 'input'))
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

/** What JSON Schema cannot say, such as a file, is left open. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
  })
  return rest
}
