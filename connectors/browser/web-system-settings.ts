import { z } from 'zod'
import { PEM } from '../pem.ts'

/** The roles by which an element can be named in data; those that forms and lists of web systems use. */
export const ELEMENT_ROLES = [
  'alert',
  'button',
  'cell',
  'checkbox',
  'columnheader',
  'combobox',
  'dialog',
  'form',
  'heading',
  'link',
  'listitem',
  'menuitem',
  'navigation',
  'option',
  'radio',
  'region',
  'row',
  'searchbox',
  'status',
  'tab',
  'table',
  'textbox',
] as const

const name = z.string().min(1).max(200)
const byRole = z.strictObject({ role: z.enum(ELEMENT_ROLES), name })
const byText = z.strictObject({ text: name })
const byLabel = z.strictObject({ label: name })
const byCss = z.strictObject({ css: name })
const button = z.strictObject({ button: name })

/** How an element is found, as data: by its role and name, its label, its text, or a CSS selector as a last resort. */
export const elementSetting = z.union([byRole, byLabel, byText, byCss])
export type ElementSetting = z.output<typeof elementSetting>

/** How one signs in to a web system, as data: nothing here is code, and no secret stands in it. */
export const signInSetting = z.strictObject({
  /** Path of the sign-in page, from the system's address; it may lead to the page of another host. */
  path: z.string().startsWith('/'),
  /** Where the form is when that is another host, such as https://login.hospital.example. Secrets are filled in there only. */
  at: z.url({ protocol: /^https?$/ }).optional(),
  /** The button that leads to the form. */
  start: button.optional(),
  user: byLabel,
  /** The button between user and password, where they are on pages of their own. */
  next: button.optional(),
  password: byLabel,
  submit: button,
  /** The page that asks for a one-time code. */
  code: z.strictObject({ label: name, submit: button }).optional(),
  /** A page between, such as one that asks whether the system may know who signed in: the button that goes on. */
  proceed: button.optional(),
  /** What only somebody who is signed in sees on the first page. */
  signedIn: z.union([byRole, byText]),
  /** What is shown when user, password or code are refused; saves waiting for something else. */
  refused: byText.optional(),
  /** How an ended session shows itself, when it is not the sign-in page. */
  expired: z
    .strictObject({ path: z.string().startsWith('/').optional(), heading: name.optional() })
    .optional(),
})
export type SignIn = z.output<typeof signInSetting>

/** A web system of a hospital, as an administrator describes it. */
export const webSystemSettings = z.strictObject({
  /** Unique among all systems of this installation. */
  id: z.string().min(1).max(100),
  /** Where a robot starts when it is signed in. */
  address: z.url({ protocol: /^https?$/ }),
  /** Further hosts that its pages need, as `name:port`; the address's own is implied. */
  allowedHosts: z.array(z.string()).readonly(),
  /** How many sessions may be open at once. */
  seats: z.int().min(1).max(1000),
  /** Whose account it is, when one system is used with several. */
  account: z.string().optional(),
  signIn: signInSetting.optional(),
  /** The certificate that the system asks of whoever connects, as PEM; its key is a secret. */
  clientCertificate: z
    .strictObject({
      certificate: z.string().startsWith('-----BEGIN CERTIFICATE-----').meta(PEM),
      /** Further origins that ask for it; the address's own is implied. */
      origins: z
        .array(z.url({ protocol: /^https$/ }))
        .readonly()
        .optional(),
    })
    .optional(),
  /** CSS selectors of further elements that screenshots hide; fields, table cells and pictures are hidden anyway. */
  mask: z.array(z.string()).readonly().optional(),
  /** CSS selectors of elements that screenshots may show although they would be hidden, such as a record number. */
  show: z.array(z.string()).readonly().optional(),
  /** Elements of the bot's screens that are found otherwise at this hospital, by the name the screen gives them. */
  locators: z.record(z.string(), elementSetting).readonly().optional(),
  /** Questions of the page that are expected: part of their text, and the answer. Any other stops the item. */
  dialogs: z
    .array(z.strictObject({ message: name, accept: z.boolean() }))
    .readonly()
    .optional(),
  /** Until this moment a sealed trace of each item is kept, such as `2026-11-21T17:00:00Z`; none when left out. */
  traceUntil: z.iso.datetime().optional(),
  /** True when the system shows part of its work in windows of its own. */
  opensWindows: z.boolean().optional(),
  language: z.string().optional(),
  timeZone: z.string().optional(),
})
export type WebSystemSettings = Readonly<z.output<typeof webSystemSettings>>
