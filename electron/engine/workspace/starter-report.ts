import { join } from 'node:path'
import type { Language } from '../../../shared/text/language.ts'

/** The overview of a chain that comes with the product: laid over the sample, and over one's own data as a template. */
export const starterReport = (resources: string, language: Language): string =>
  join(resources, 'starter', `store-overview.${language}.storeboard`)
