import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ICruiseResult, IDependency } from 'dependency-cruiser'
import { cruise } from 'dependency-cruiser'
import { bundleFaults } from './rooms/check-bundles.ts'
import type { Import } from './rooms/check-imports.ts'
import { faultsOf } from './rooms/check-imports.ts'

process.chdir(join(import.meta.dirname, '..'))
const folders = ['shared', 'electron', 'renderer', 'scripts', 'tests']
const code = /\.(ts|tsx|cts|mts)$/

function kindOf({
  dependencyTypes,
  couldNotResolve,
  module,
  resolved,
}: IDependency): Import['kind'] {
  if (dependencyTypes.includes('core')) return 'node'
  if (dependencyTypes.some((type) => type.startsWith('npm'))) return 'package'
  if (resolved.startsWith('node_modules/')) return 'package'
  if (!couldNotResolve) return 'file'
  // A package whose entry is for imports only; the compiler finds it.
  return module.startsWith('.') ? 'unresolved' : 'package'
}

const cruised = await cruise(folders, {
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
})
// The default reporter answers with data, not text.
const { modules } = cruised.output as ICruiseResult
const ours = modules.filter(({ source }) => code.test(source) && !source.includes('node_modules/'))
const imports = ours.flatMap(({ source, dependencies }) =>
  dependencies
    // Stylesheets, images and data have no room.
    .filter((one) => code.test(one.resolved) || kindOf(one) !== 'file')
    .map((one) => ({
      from: source,
      to: kindOf(one) === 'file' ? one.resolved : one.module,
      kind: kindOf(one),
      typeOnly: one.dependencyTypes.includes('type-only'),
    })),
)
const faults = [
  ...faultsOf(
    ours.map(({ source }) => source),
    imports,
  ),
  ...bundleFaults('out'),
]
for (const fault of faults) console.error(fault)
const built = existsSync('out/main')
  ? 'and bundles'
  : '(nothing is built: bundles were not checked)'
console.log(`${ours.length} files, ${imports.length} imports ${built}: ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
