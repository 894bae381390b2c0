/** What an import says of a part of a file: its label, its hash, how its lines are cut. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { TextShape } from '../../../../shared/data/rejected-words.ts'
import { textShapeOf } from '../../sources/csv/dialect.ts'
import type { ReadNotes } from '../../sources/reader.ts'
import { refusal } from '../../sources/source-limits.ts'
import type { ExtractField } from '../../extracts/extract-columns.ts'
import type { ImportJobOrder, JobPart, SourceOutcome } from './import-order.ts'

export function shapeOf({ lineShape }: ReadNotes, names: readonly string[]): TextShape | null {
  return lineShape === undefined ? null : textShapeOf(lineShape, names)
}

export function sameFile(part: JobPart): Error {
  return refusal('dataset/sameFile', { file: labelOf(part) })
}

export function labelOf(part: JobPart): string {
  return part.part === undefined ? part.name : `${part.name} · ${part.part}`
}

export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1_048_576 })) {
    // A stream without an encoding gives buffers.
    hash.update(piece as Buffer)
  }
  return hash.digest('hex')
}

export function sourceName(source: Pick<SourceOutcome, 'name' | 'part'> | undefined): string {
  const { name = '', part = null } = source ?? {}
  return part === null ? name : `${name} · ${part}`
}

/** What somebody said a column stands for goes before what its name and values propose. */
export function withMeanings<F extends ExtractField>(
  fields: readonly F[],
  said: ImportJobOrder['meanings'] = {},
): F[] {
  return fields.map((field) => {
    const meaning = Object.hasOwn(said, field.name) ? said[field.name] : field.meaning
    return meaning === undefined ? field : { ...field, meaning }
  })
}

/** A role somebody chose goes before what the meaning of a column calls for. */
export function withRoles<F extends ExtractField>(
  fields: readonly F[],
  overrides: ImportJobOrder['overrides'],
): F[] {
  return fields.map((field) => {
    const role = overrides.find(({ column }) => column === field.name)?.role
    return role === undefined ? field : { ...field, role }
  })
}
