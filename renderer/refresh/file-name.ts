import type { Text } from '../../shared/text/messages.ts'
import type { RefreshFlow } from './refresh-flow.ts'

interface NamedFile {
  readonly dataset: string
  readonly file: string
  readonly fileId?: string | undefined
}

/** Two files that are to join may bear one name: then which of them it is. */
export function fileName(
  flow: RefreshFlow,
  { dataset, file, fileId }: NamedFile,
  text: Text,
): string {
  const place = fileId === undefined ? undefined : flow.placeOf(dataset, fileId)
  return place === undefined ? file : text('refresh.oneOfName', { file, ...place })
}
