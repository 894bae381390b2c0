'use strict'
/*
 * npm installs the DuckDB binding of the machine it runs on and no other: a package made for another system would start
 * and then have no data engine. Such a package is not made.
 */
const { existsSync } = require('node:fs')
const { join } = require('node:path')

const archs = { 0: 'ia32', 1: 'x64', 3: 'arm64' }

exports.default = async function refuseForeignNatives(context) {
  const target = `${context.packager.platform.nodeName}-${archs[context.arch]}`
  const folder = join(context.packager.projectDir, 'node_modules')
  const needed = [
    join(folder, '@duckdb', `node-bindings-${target}`),
    join(folder, 'better-sqlite3', 'prebuilds', `${target}.node`),
  ]
  const missing = needed.filter((path) => !existsSync(path))
  if (missing.length > 0)
    throw new Error(
      `Storeboard for ${target} must be packaged on ${target}: this machine lacks ${missing.join(' and ')}`,
    )
}
