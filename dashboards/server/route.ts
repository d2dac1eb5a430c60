import type { z } from 'zod'
import type { Access } from '../../orchestrator/ledger/access-log.ts'
import type { Installation } from '../../orchestrator/installation.ts'
import type { AnyRole, Grants } from '../../orchestrator/ledger/roles.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import type { FigureMemory } from '../../orchestrator/savings/read-figures.ts'
import type { DoorTools } from './door/door-tools.ts'
import { reader } from './read-asked.ts'

/** Who asks: a person with a session, or a machine with a token. */
export interface Caller {
  readonly kind: 'person' | 'machine'
  /** The account or token: what the ledger writes down; no name. `nobody` where a route is open to anyone. */
  readonly account: string
  /** Shown on the screen only; a token's is also written with the items that it reports, for it names a robot. */
  readonly name: string
  readonly language: 'nl' | 'en'
  readonly grants: Grants
}

/**
 * Who may ask. With roles and `:hospital` in the path: one of them at that hospital. With roles and no hospital in the
 * path: one of them at one hospital at least, and `hospitals` tells which.
 */
export type RouteRoles = 'anyone' | 'signed-in' | readonly AnyRole[]

export interface RouteContext {
  /**
   * Shows only the rows of hospitals where the caller has one of the route's roles, and their items only where that
   * role may see items. Each query or transaction takes a connection of its own.
   */
  readonly db: LedgerDatabase
  readonly caller: Caller
  /** Where the caller has one of the route's roles; just the hospital of the path when it names one. */
  readonly hospitals: readonly string[]
  /** Whether the caller is at a hospital as a colleague and no more: of times and votes they see their own. */
  readonly seesAsColleague: (hospital: string) => boolean
  /** Without its database: that one sees every hospital. */
  readonly installation: Omit<Installation, 'db' | 'databaseUrl' | 'close'>
  /** For figures that are read again and again, such as those of a report. */
  readonly figures: FigureMemory
  /** Aborts when the caller went away. */
  readonly signal: AbortSignal
  /** What the route says that it does with data of patients. */
  readonly access: RouteAccess | undefined
  /** What the routes of the door alone need: sessions, cookies, where the request came from. */
  readonly door: DoorTools
}

/** A download. `name` is the file's name as it is offered. */
export interface FileAnswer {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** Told to a page while it is open, as a server-sent event. */
export interface LiveEvent {
  readonly event: string
  readonly data: unknown
}

/** Sends the browser on. */
export interface RedirectAnswer {
  readonly location: string
}

/**
 * What a route does with data of patients: the access log says so of whoever is refused. `subject` is also the name in the
 * path of the one item or message that it is about, where the path has one.
 */
export interface RouteAccess {
  readonly action: Access['action']
  readonly subject: 'item' | 'message' | 'log'
}

interface RouteHead {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Such as `/api/hospitals/:hospital/items/:item`. */
  readonly path: string
  readonly roles: RouteRoles
  /**
   * Refuses tokens: what a person answers for, such as what hours are counted by and become, what would make a token a
   * second account in name only, or what one that leaked could outlive its withdrawal by.
   */
  readonly forPeople?: boolean | undefined
  /** Of a route that shows, seeks or changes data of patients: without it nothing can be written in the access log. */
  readonly access?: RouteAccess | undefined
  /** One sentence for the API's page. */
  readonly summary: string
}

interface Asked<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  readonly params: z.output<Params>
  readonly query: z.output<Query>
  readonly body: z.output<Body>
}

interface Schemas<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
}

/** What goes out is not changed any more: lists of the ledger, which may not be changed, fit as they are. */
type Unchanging<T> = T extends Date | Uint8Array
  ? T
  : T extends readonly (infer Entry)[]
    ? readonly Unchanging<Entry>[]
    : T extends object
      ? { readonly [Key in keyof T]: Unchanging<T[Key]> }
      : T

type JsonHandler<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> = {
  readonly answer: A
  readonly handle: (asked: Asked<P, Q, B>, context: RouteContext) => Promise<Unchanging<z.input<NoInfer<A>>>>
}
type FileHandler<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly answer: 'file'
  readonly handle: (asked: Asked<P, Q, B>, context: RouteContext) => Promise<FileAnswer>
}
/** A live answer ends after some minutes; browsers ask again by themselves, and are let in again or not. */
type LiveHandler<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly answer: 'live'
  /** What happens after it resolved is told; who asked hears only then that they are connected. */
  readonly handle: (
    asked: Asked<P, Q, B>,
    context: RouteContext,
  ) => AsyncIterable<LiveEvent> | Promise<AsyncIterable<LiveEvent>>
}
type RedirectHandler<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly answer: 'redirect'
  readonly handle: (asked: Asked<P, Q, B>, context: RouteContext) => Promise<RedirectAnswer>
}

type Definition<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Handler> = RouteHead &
  Schemas<P, Q, B> &
  Handler

/** As it came in over HTTP, read by nobody yet. */
export interface Unread {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/** What goes back, by the kind of answer. */
export type Reply =
  | { readonly kind: 'json'; readonly data: unknown }
  | { readonly kind: 'file'; readonly file: FileAnswer }
  | { readonly kind: 'live'; readonly events: AsyncIterable<LiveEvent> }
  | { readonly kind: 'redirect'; readonly location: string }

/** A row of the table of routes: it reads what came in and checks what goes out with its own schemas. */
export interface Route extends RouteHead {
  readonly params?: z.ZodType | undefined
  readonly query?: z.ZodType | undefined
  readonly body?: z.ZodType | undefined
  readonly answer: z.ZodType | 'file' | 'live' | 'redirect'
  /** @throws Failure `field-invalid` that names the field, when what came in does not fit */
  readonly run: (unread: Unread, context: RouteContext) => Promise<Reply>
}

type AnyHandler<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> =
  FileHandler<P, Q, B> | LiveHandler<P, Q, B> | RedirectHandler<P, Q, B> | JsonHandler<P, Q, B, A>

/** Makes a route of its definition. A part that has no schema is not read: asking for it throws. */
export function defineRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: Definition<P, Q, B, FileHandler<P, Q, B>>,
): Route
export function defineRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: Definition<P, Q, B, LiveHandler<P, Q, B>>,
): Route
export function defineRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: Definition<P, Q, B, RedirectHandler<P, Q, B>>,
): Route
export function defineRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
>(definition: Definition<P, Q, B, JsonHandler<P, Q, B, A>>): Route
export function defineRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
>(definition: Definition<P, Q, B, AnyHandler<P, Q, B, A>>): Route {
  const { method, path, roles, forPeople, access, summary, params, query, body, answer } = definition
  const run = (unread: Unread, context: RouteContext) =>
    replyOf(definition, readAll(definition, unread), context)
  return { method, path, roles, forPeople, access, summary, params, query, body, answer, run }
}

function readAll<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  { params, query, body }: Schemas<P, Q, B>,
  unread: Unread,
): Asked<P, Q, B> {
  const readParams = reader(params, 'path', unread.params)
  const readQuery = reader(query, 'query', unread.query)
  const readBody = reader(body, 'body', unread.body)
  return {
    get params() {
      return readParams()
    },
    get query() {
      return readQuery()
    },
    get body() {
      return readBody()
    },
  }
}

async function replyOf<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  handler: AnyHandler<P, Q, B, A>,
  asked: Asked<P, Q, B>,
  context: RouteContext,
): Promise<Reply> {
  if (isFile(handler)) return { kind: 'file', file: await handler.handle(asked, context) }
  if (isLive(handler)) return { kind: 'live', events: await handler.handle(asked, context) }
  if (isRedirect(handler))
    return { kind: 'redirect', location: (await handler.handle(asked, context)).location }
  return { kind: 'json', data: handler.answer.parse(await handler.handle(asked, context)) }
}

function isFile<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  handler: AnyHandler<P, Q, B, A>,
): handler is FileHandler<P, Q, B> {
  return handler.answer === 'file'
}

function isLive<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  handler: AnyHandler<P, Q, B, A>,
): handler is LiveHandler<P, Q, B> {
  return handler.answer === 'live'
}

function isRedirect<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  handler: AnyHandler<P, Q, B, A>,
): handler is RedirectHandler<P, Q, B> {
  return handler.answer === 'redirect'
}
