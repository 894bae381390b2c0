import { describe, expect, it } from 'vitest'
import {
  faultsOfEngine,
  faultsOfPage,
  faultsOfPreload,
} from '../../../scripts/rooms/check-bundles.ts'
import type { Import } from '../../../scripts/rooms/check-imports.ts'
import { faultsOf } from '../../../scripts/rooms/check-imports.ts'

const file = (from: string, to: string, typeOnly = false): Import => ({
  from,
  to,
  kind: 'file',
  typeOnly,
})
const pack = (from: string, to: string, typeOnly = false): Import => ({
  from,
  to,
  kind: 'package',
  typeOnly,
})
const node = (from: string, to: string): Import => ({ from, to, kind: 'node', typeOnly: false })

const allowed: Import[] = [
  file('shared/query/a.ts', 'shared/data/b.ts'),
  file('shared/text/en.ts', 'shared/report/block.ts', true),
  file('electron/engine/handlers/a.ts', 'electron/engine/host.ts'),
  file('electron/hosts/cli/main.ts', 'electron/hosts/loopback/start.ts'),
  file('renderer/designer/a.ts', 'renderer/state/b.ts'),
  file('tests/unit/a.test.ts', 'renderer/state/b.ts'),
  pack('shared/data/a.ts', 'big.js'),
  pack('electron/engine/runner/a.ts', '@duckdb/node-api'),
  pack('electron/hosts/electron/window.ts', 'electron', true),
  pack('electron/hosts/electron/main.ts', 'electron'),
  node('electron/engine/a.ts', 'fs'),
]

const refused: Import[] = [
  file('shared/data/a.ts', 'shared/query/b.ts'),
  file('shared/wire/a.ts', 'shared/contract.ts'),
  file('shared/text/en.ts', 'shared/report/block.ts'),
  file('electron/engine/a.ts', 'electron/hosts/loopback/b.ts'),
  file('electron/hosts/electron/a.ts', 'electron/hosts/loopback/b.ts'),
  file('renderer/designer/a.ts', 'electron/engine/b.ts'),
  file('renderer/designer/a.ts', 'renderer/gallery/b.ts'),
  file('renderer/state/a.ts', 'tests/support/b.ts'),
  pack('shared/query/a.ts', 'big.js'),
  pack('shared/query/a.ts', 'react'),
  pack('electron/engine/workspace/a.ts', 'better-sqlite3'),
  pack('electron/engine/a.ts', 'electron', true),
  pack('electron/hosts/electron/window.ts', 'electron'),
  pack('renderer/ui/a.ts', 'electron', true),
  node('shared/data/a.ts', 'fs'),
  node('renderer/ui/a.ts', 'path'),
]

describe('room rules', () => {
  it('let through what the rooms allow', () => {
    expect(faultsOf([], allowed)).toEqual([])
  })

  it('name every import that goes through a wall', () => {
    for (const one of refused) expect([one, faultsOf([], [one]).length]).toEqual([one, 1])
  })

  it('refuse a file that belongs to no room', () => {
    const homeless = ['shared/misc/a.ts', 'renderer/a.ts', 'electron/engine/other/a.ts']
    expect(faultsOf(homeless, [])).toHaveLength(3)
  })

  it('find rooms that reach each other in a circle', () => {
    const circle = [
      file('electron/engine/sources/a.ts', 'electron/engine/extracts/b.ts'),
      file('electron/engine/extracts/b.ts', 'electron/engine/workspace/c.ts'),
      file('electron/engine/workspace/c.ts', 'electron/engine/sources/a.ts'),
    ]
    expect(faultsOf([], circle)).toEqual([expect.stringContaining('rooms in a circle')])
    expect(faultsOf([], circle.slice(1))).toEqual([])
  })
})

describe('bundle rules', () => {
  it('see through every way an import is written', () => {
    expect(faultsOfPage('import{a}from"node:fs";import"path"')).toEqual(['node:fs', 'path'])
    expect(faultsOfPage('const a=await import("electron")')).toEqual(['electron'])
    expect(faultsOfPage('import x from"./chunk.js";const text="import from"')).toEqual([])
    expect(faultsOfPreload('let e=require("electron");require("fs")')).toEqual(['fs'])
    expect(faultsOfEngine('import { app } from "electron";import "electron/main"')).toEqual([
      'electron',
      'electron/main',
    ])
  })
})
