'use strict'
/* What a step was last done from, as a hash: a step whose hash is unchanged is skipped. */
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const { dirname, join, relative } = require('node:path')

function filesBelow(path) {
  if (!fs.existsSync(path)) return []
  if (!fs.statSync(path).isDirectory()) return [path]
  return fs
    .readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

/** Line ends do not count: one checkout may have them otherwise. */
function hashOf(root, paths, more) {
  const hash = createHash('sha256').update(JSON.stringify(more))
  for (const file of paths.flatMap((path) => filesBelow(join(root, path)))) {
    hash.update(`\n${relative(root, file).replaceAll('\\', '/')}\n`)
    hash.update(fs.readFileSync(file).toString('latin1').replaceAll('\r\n', '\n'))
  }
  return hash.digest('hex')
}

function isStamped(file, hash) {
  return fs.existsSync(file) && fs.readFileSync(file, 'utf8') === hash
}

function stamp(file, hash) {
  fs.mkdirSync(dirname(file), { recursive: true })
  fs.writeFileSync(file, hash)
}

module.exports = { hashOf, isStamped, stamp }
