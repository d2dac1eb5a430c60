import { z } from 'zod'
import { bots } from '../../../bots/index.ts'
import { readEvidencePiece } from '../../../orchestrator/ledger/evidence.ts'
import { searchItems, type FoundItem } from '../../../orchestrator/ledger/item-search.ts'
import { Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route, type RouteContext } from '../route.ts'
import { recordCaller } from './caller-access.ts'
import { itemFields } from './item-fields.ts'
import {
  EvidencePath,
  ItemChoices,
  ItemData,
  ItemExport,
  ItemPage,
  ItemPath,
  ItemSearch,
  ItemStory,
} from './item-schemas.ts'
import { noSuchItem, readItemStory } from './item-story.ts'
import { itemsFile } from './items-file.ts'
import { maskedReference } from './masking.ts'

/** More lines than this are for a program that pages. */
const MOST_EXPORTED = 10_000

/** What a piece of evidence is called when it is downloaded; the rest is text. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['image/png', 'png'],
  ['application/zip', 'zip'],
])

/** An auditor sees that items are there and what was done to them, never whose they are. */
const sees = ({ caller }: RouteContext, hospital: string): boolean =>
  caller.grants.get(hospital)?.has('administrator') ?? false

export const itemRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/items/search',
    roles: ['administrator', 'auditor'],
    access: { action: 'search', subject: 'item' },
    summary:
      'A page of items, newest first, by reference, state, robot, deployment or period. References show their end only.',
    params: Hospital,
    body: ItemSearch,
    answer: ItemPage,
    async handle({ params: { hospital }, body: { cursor, limit, ...filter } }, context) {
      const page = await searchItems(context.db, { hospital, ...filter }, { cursor, limit })
      if (filter.reference)
        await recordCaller(
          context,
          hospital,
          'search',
          'item',
          page.items.map(({ id }) => id),
        )
      return { rows: page.items.map(masked), next: page.next }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/items/choices',
    roles: ['administrator', 'auditor'],
    summary: 'The robots and deployments that items can be looked up by.',
    params: Hospital,
    answer: ItemChoices,
    async handle({ params: { hospital } }, { db }) {
      const deployments = await db
        .selectFrom('deployment')
        .select(['id', 'bot', 'mode'])
        .where('hospital', '=', hospital)
        .orderBy('id')
        .execute()
      const names = [...new Set(deployments.map(({ bot }) => bot))]
      return {
        deployments,
        bots: names.map((name) => ({ name, title: bots.get(name)?.title ?? { nl: name, en: name } })),
      }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/items/export',
    roles: ['administrator'],
    access: { action: 'export', subject: 'item' },
    summary:
      'Items as a file for a spreadsheet, with whole references; each item in it is written in the access log.',
    params: Hospital,
    body: ItemExport,
    answer: 'file',
    async handle({ params: { hospital }, body: { as, ...filter } }, context) {
      const { items } = await searchItems(context.db, { hospital, ...filter }, { limit: MOST_EXPORTED })
      await recordCaller(
        context,
        hospital,
        'export',
        'item',
        items.map(({ id }) => id),
      )
      return await itemsFile(items, as)
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/items/:item',
    roles: ['administrator', 'auditor'],
    access: { action: 'read', subject: 'item' },
    summary:
      'What happened to an item and who looked at it; not its data. For an auditor without its reference.',
    params: ItemPath,
    answer: ItemStory,
    async handle({ params: { hospital, item } }, context) {
      const story = await readItemStory(context.db, hospital, item, sees(context, hospital))
      await recordCaller(context, hospital, 'read', 'item', [item])
      return story
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/items/:item/reveal',
    roles: ['administrator'],
    access: { action: 'reveal', subject: 'item' },
    summary: 'The data of an item. Written in the access log.',
    params: ItemPath,
    answer: ItemData,
    async handle({ params: { hospital, item } }, context) {
      const row = await context.db
        .selectFrom('item')
        .innerJoin('deployment', 'deployment.id', 'item.deployment')
        .select(['data', 'bot', 'case_reference as caseReference'])
        .where('item.id', '=', item)
        .where('item.hospital', '=', hospital)
        .executeTakeFirst()
      if (!row) throw noSuchItem()
      await recordCaller(context, hospital, 'reveal', 'item', [item])
      const fields = itemFields(bots.get(row.bot), row.data)
      return {
        fields: fields.map((field) => ({ ...field, value: z.json().parse(field.value) })),
        caseReference: row.caseReference,
      }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/items/:item/evidence/:evidence',
    roles: ['administrator'],
    access: { action: 'reveal', subject: 'item' },
    summary: 'A piece of evidence, such as a picture of a screen. Written in the access log.',
    params: EvidencePath,
    answer: 'file',
    async handle({ params: { hospital, item, evidence } }, context) {
      const { db, installation } = context
      const own = await db
        .selectFrom('item')
        .select('id')
        .where('id', '=', item)
        .where('hospital', '=', hospital)
        .executeTakeFirst()
      const piece = own && (await readEvidencePiece(db, installation.secrets, item, evidence))
      if (!piece) throw noSuchItem()
      await recordCaller(context, hospital, 'reveal', 'evidence', [String(evidence)])
      const kind = EXTENSIONS.get(piece.mediaType) ?? 'txt'
      return { name: `bewijs-${evidence}.${kind}`, mediaType: piece.mediaType, bytes: piece.content }
    },
  }),
]

const masked = (item: FoundItem) => ({ ...item, reference: maskedReference(item.reference) })
