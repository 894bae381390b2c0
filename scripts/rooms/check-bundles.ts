import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'

/** What a built file imports, by the names written in it. */
export function importsOf(code: string): string[] {
  const written =
    /(?:^|[\s;}])(?:import|export)\s*(?:[\w${},*\s]+from\s*)?["']([^"']+)["']|\b(?:require|import)\(\s*["']([^"']+)["']\s*\)/g
  return [...code.matchAll(written)].map((match) => match[1] ?? match[2] ?? '')
}

function scriptsBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|cjs|mjs)$/.test(name))
    .map((name) => join(folder, name))
}

export function faultsOfPage(code: string): string[] {
  return importsOf(code).filter((name) => isBuiltin(name) || name === 'electron')
}

export function faultsOfPreload(code: string): string[] {
  return importsOf(code).filter((name) => name !== 'electron')
}

export function faultsOfEngine(code: string): string[] {
  return importsOf(code).filter((name) => name === 'electron' || name.startsWith('electron/'))
}

/** The page's bundle has no Node, the engine's no Electron, the preload nothing but Electron's bridge. */
export function bundleFaults(out: string): string[] {
  const check = (file: string, rule: (code: string) => string[]): string[] =>
    rule(readFileSync(file, 'utf8')).map((name) => `${file} holds an import of ${name}`)
  const main = scriptsBelow(join(out, 'main')).filter((file) => !file.endsWith('main.js'))
  return [
    ...scriptsBelow(join(out, 'renderer')).flatMap((file) => check(file, faultsOfPage)),
    ...scriptsBelow(join(out, 'preload')).flatMap((file) => check(file, faultsOfPreload)),
    ...main.flatMap((file) => check(file, faultsOfEngine)),
  ]
}
