import type { FileAnswer } from './route.ts'

/** A download is never shown in the browser, whatever it holds: a file of ours may quote text from anywhere. */
export function fileHeaders({ name, mediaType }: FileAnswer): Record<string, string> {
  const plain = name.replaceAll(/[^\w.-]/g, '_')
  return {
    'content-type': mediaType,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  }
}
