import { askFile } from '../shared/ask.ts'

/** Evidence that is on the screen now; `forget` lets the browser drop the picture. */
export type ShownEvidence =
  | { readonly kind: 'picture'; readonly address: string; readonly forget: () => void }
  | { readonly kind: 'text'; readonly text: string; readonly forget: () => void }

/** Fetches a piece of evidence; the server writes down who did. @throws AskError */
export async function fetchEvidence(path: string): Promise<ShownEvidence> {
  const file = await askFile(path, { method: 'POST' })
  if (!file.type.startsWith('image/'))
    return { kind: 'text', text: await file.text(), forget: () => undefined }
  const address = URL.createObjectURL(file)
  return { kind: 'picture', address, forget: () => URL.revokeObjectURL(address) }
}
