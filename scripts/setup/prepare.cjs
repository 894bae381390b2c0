'use strict'
/*
 * Runs before `npm start` and `npm test`, with Node 20 and no packages: installs the locked dependencies, builds, writes
 * the sample and gets the tools, each only when something it depends on has changed.
 */
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const { delimiter, join } = require('node:path')
const { hashOf, isStamped, stamp } = require('./stamps.cjs')
const { provideTools } = require('./tools.cjs')

const root = join(__dirname, '../..')
const modules = join(root, 'node_modules')
const mode = process.argv[2] === 'test' ? 'test' : 'start'

function stop(message) {
  console.error(message)
  process.exit(1)
}

/** npm puts node_modules/.bin first; what installs must not come from what is being replaced. */
function cleanEnvironment() {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') || 'PATH'
  const folders = (process.env[key] || '').split(delimiter)
  const kept = folders.filter((folder) => !folder.includes('node_modules'))
  return { ...process.env, [key]: kept.join(delimiter) }
}

function runOrStop(command, args, what, shell = false) {
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: cleanEnvironment() }
  const { status, error } = spawnSync(command, args, { ...options, shell })
  if (status !== 0) stop(`${what} failed${error ? `: ${error.message}` : ''}.`)
}

function runNpm(args, what) {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  if (npm && node) return runOrStop(node, [npm, ...args], what)
  return runOrStop('npm', args, what, process.platform === 'win32')
}

/** An installation npm made otherwise is as good when every package it holds is the locked one. */
function matchesLock() {
  const hidden = join(modules, '.package-lock.json')
  if (!fs.existsSync(hidden)) return false
  const locked = JSON.parse(fs.readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const held = JSON.parse(fs.readFileSync(hidden, 'utf8')).packages
  const same = ([name, entry]) => locked[name] && locked[name].integrity === entry.integrity
  const needed = ([name, entry]) => name === '' || entry.optional || entry.link || held[name]
  return Object.entries(held).every(same) && Object.entries(locked).every(needed)
}

function install() {
  const { allowScripts } = JSON.parse(fs.readFileSync(join(root, 'package.json'), 'utf8'))
  const hash = hashOf(root, ['package-lock.json'], [process.platform, process.arch, allowScripts])
  const file = join(modules, '.storeboard-install')
  if (isStamped(file, hash)) return
  if (!matchesLock()) {
    console.log('Installing the locked dependencies (a minute or two, once) …')
    runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'Installing')
  }
  stamp(file, hash)
}

/** Node 24 or newer: this machine's own, or the one that came with the dependencies. */
function runtime() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const system = process.platform === 'win32' ? 'win' : process.platform
  const folder = join(modules, `node-${system}-${process.arch}`, 'bin')
  const found = [join(folder, 'node'), join(folder, 'node.exe')].find((file) => fs.existsSync(file))
  return found || stop('Storeboard needs Node 24 or newer on this system: https://nodejs.org')
}

const sources = ['shared', 'electron', 'renderer', 'electron.vite.config.ts', 'package.json']

function build(node) {
  const hash = hashOf(root, [...sources, 'package-lock.json'], [])
  const file = join(root, 'out/.stamp')
  if (isStamped(file, hash)) return
  console.log('Building …')
  fs.rmSync(file, { force: true })
  const tool = join(modules, 'electron-vite/bin/electron-vite.js')
  runOrStop(node, [tool, 'build', '--logLevel', 'warn'], 'Building')
  stamp(file, hash)
}

function writeSample(node) {
  const generator = join(root, 'scripts/sample/generate.ts')
  if (!fs.existsSync(generator)) return
  const written = fs.existsSync(join(root, 'resources/sample')) ? 'here' : 'absent'
  const hash = hashOf(root, ['scripts/sample'], 'here')
  const file = join(root, '.setup/sample')
  if (written === 'here' && isStamped(file, hash)) return
  console.log('Writing the sample chain …')
  runOrStop(node, [generator], 'Writing the sample')
  stamp(file, hash)
}

function readJson(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}
}

function getElectron(node) {
  const { version } = readJson(join(modules, 'electron/package.json'))
  const memory = readJson(join(root, '.setup/electron.json'))
  const unreachable = memory.version === version && memory.answer === 'no'
  const here = fs.existsSync(join(modules, 'electron/dist'))
  const attempt = join(root, 'scripts/setup/fetch-electron.ts')
  if (!unreachable && !here) runOrStop(node, [attempt], 'Getting the desktop shell')
}

/** The fallback opens in a browser; tests want one in any case, and more. */
function getTools() {
  const shellIsHere = fs.existsSync(join(modules, 'electron/dist'))
  const missing = mode === 'start' && shellIsHere ? [] : provideTools(mode)
  fs.mkdirSync(join(root, '.setup'), { recursive: true })
  if (mode === 'test') fs.writeFileSync(join(root, '.setup/missing.json'), JSON.stringify(missing))
}

const [major] = process.versions.node.split('.').map(Number)
if (major < 20) stop('Storeboard needs Node 20 or newer to set itself up: https://nodejs.org')
install()
const node = runtime()
build(node)
writeSample(node)
getElectron(node)
getTools()
