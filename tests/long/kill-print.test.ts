import { expect, test } from 'vitest'
import { findBrowser } from '../../electron/hosts/loopback/find-browser.ts'
import type { ChildOf } from '../support/child-processes.ts'
import { isJob, isQuery, listsChildren } from '../support/child-processes.ts'
import { disturbTwenty } from '../support/disturbed-exports.ts'

const isBrowser = (child: ChildOf): boolean => !isJob(child) && !isQuery(child)

test.skipIf(!listsChildren || findBrowser() === undefined)(
  'a browser killed at twenty moments of printing: an error that says so, or the whole file',
  async () => {
    await expect(
      disturbTwenty(['pdf'], isBrowser, 1500, ['export/printFailed']),
    ).resolves.toBeUndefined()
  },
)
