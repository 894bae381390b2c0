'use strict'
/* Programs of others that the product or its tests use, and how Debian calls them. Runs on Node 20 without packages. */
const { existsSync } = require('node:fs')
const { join, delimiter } = require('node:path')
const { spawnSync } = require('node:child_process')

const browsers = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]
const browser = { name: 'Chromium, Chrome or Edge', commands: browsers, debian: ['chromium'] }
const font = {
  name: 'a Chinese font',
  folders: ['/usr/share/fonts/opentype/noto', '/System/Library/Fonts', 'C:\\Windows\\Fonts'],
  debian: ['fonts-noto-cjk'],
}
const office = {
  name: 'LibreOffice',
  commands: ['libreoffice', 'soffice'],
  debian: ['libreoffice-calc'],
}
const pdf = { name: 'pdftotext and pdffonts', commands: ['pdftotext'], debian: ['poppler-utils'] }
const openpyxl = {
  name: 'python3-openpyxl',
  folders: ['/usr/lib/python3/dist-packages/openpyxl'],
  debian: ['python3-openpyxl'],
}

const postgres = {
  name: 'PostgreSQL server',
  folders: ['/usr/lib/postgresql'],
  debian: ['postgresql'],
}
const clickhouse = {
  name: 'ClickHouse server',
  commands: ['clickhouse-server'],
  folders: ['/usr/sbin/clickhouse-server'],
  debian: ['clickhouse-server'],
}

const screen = { name: 'xvfb-run', commands: ['xvfb-run'], debian: ['xvfb', 'xauth'] }

const servers = [postgres, clickhouse]
const programs = [office, pdf, openpyxl, screen]
const wanted = { start: [browser, font], test: [browser, font, ...programs, ...servers] }

function onPath(command) {
  const folders = (process.env.PATH || '').split(delimiter)
  const names = process.platform === 'win32' ? [`${command}.exe`, `${command}.cmd`] : [command]
  return folders.some((folder) => names.some((name) => existsSync(join(folder, name))))
}

function elsewhere() {
  if (process.env.STOREBOARD_BROWSER) return true
  const homes = [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], '/Applications']
  const places = [
    'Google/Chrome/Application/chrome.exe',
    'Microsoft/Edge/Application/msedge.exe',
    'Google Chrome.app',
    'Chromium.app',
    'Microsoft Edge.app',
  ]
  return homes.some((home) => home && places.some((place) => existsSync(join(home, place))))
}

function isHere(tool) {
  if ((tool.folders || []).some((folder) => existsSync(folder))) return true
  if ((tool.commands || []).some(onPath)) return true
  return tool === browser && elsewhere()
}

function mayInstall() {
  const root = typeof process.getuid === 'function' && process.getuid() === 0
  return root && existsSync('/etc/debian_version') && onPath('apt-get')
}

function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env, timeout: 15 * 60_000 }
  spawnSync('apt-get', ['-qq', 'update'], options)
  spawnSync('apt-get', ['-qq', '-y', 'install', '--no-install-recommends', ...packages], options)
}

/** Gets what is missing where it may, and returns the names of what stays missing. */
function provideTools(mode) {
  const missing = wanted[mode].filter((tool) => !isHere(tool))
  if (missing.length === 0) return []
  if (mayInstall()) {
    console.log(`Installing ${missing.map((tool) => tool.name).join(', ')} …`)
    install(missing.flatMap((tool) => tool.debian))
  }
  return missing.filter((tool) => !isHere(tool)).map((tool) => tool.name)
}

module.exports = { provideTools }
