/** Who may import whom. A file that no room holds is an error: new folders are decided here, not by accident. */
export interface Room {
  readonly name: string
  readonly files: RegExp
  /** Rooms it may import besides itself, by name; a trailing `*` stands for all that begin so. */
  readonly rooms: readonly string[]
  /** Packages it may import; `*` for any but those that are kept to their rooms. */
  readonly packages: readonly string[]
  readonly node: boolean
  /** Packages of which it may use the types only. */
  readonly typesOf?: readonly string[]
  /** Rooms it may name the types of; such imports vanish, so they make no circle. */
  readonly typesFrom?: readonly string[]
}

const pure = { packages: ['zod', 'immer'], node: false } as const

/** Rooms of `shared` from left to right: each may import those before it. */
const sharedOrder: readonly (readonly [string, RegExp])[] = [
  ['errors', /^shared\/(errors\.ts|platform\.d\.ts)$/],
  ['text', /^shared\/text\//],
  ['words', /^shared\/(host-words|file-kinds|file-name|content-policy)\.ts$/],
  ['data', /^shared\/data\//],
  ['calendar', /^shared\/calendar\//],
  ['expression', /^shared\/expression\//],
  ['query', /^shared\/query\//],
  ['preparation', /^shared\/preparation\//],
  ['people', /^shared\/people\//],
  ['report', /^shared\/report\//],
  ['quality', /^shared\/quality\//],
  ['chart', /^shared\/chart\//],
  ['sheet', /^shared\/sheet\//],
  ['layout', /^shared\/layout\//],
  ['contract', /^shared\/(contract|contract-shape|export-words|workspace-words|menu)\.ts$/],
]

const sharedRooms: readonly Room[] = sharedOrder.map(([name, files], index) => ({
  ...pure,
  name: `shared/${name}`,
  files,
  rooms: sharedOrder.slice(0, index).map(([left]) => `shared/${left}`),
  packages: name === 'data' ? [...pure.packages, 'big.js'] : pure.packages,
  // Catalogues have an entry for every word of the product, hence know all its word lists.
  ...(name === 'text' ? { typesFrom: ['shared/*'] } : {}),
}))

const wire: Room = {
  ...pure,
  name: 'shared/wire',
  files: /^shared\/wire\//,
  rooms: ['shared/errors'],
}

/** Loaded only where a process may be killed for them. */
export const nativeDrivers: readonly string[] = ['@duckdb/node-api', 'better-sqlite3']

const engineBase = { rooms: ['shared/*', 'engine/*'], packages: ['*'], node: true } as const
const engineRooms: readonly Room[] = [
  { ...engineBase, name: 'engine', files: /^electron\/engine\/engine\.ts$/ },
  { ...engineBase, name: 'engine/base', files: /^electron\/engine\/[^/]+\.ts$/ },
  {
    ...engineBase,
    name: 'engine/store',
    files: /^electron\/engine\/workspace\/store\//,
    packages: ['*', ...nativeDrivers],
  },
  {
    ...engineBase,
    name: 'engine/runner',
    files: /^electron\/engine\/runner\//,
    packages: ['*', ...nativeDrivers],
  },
  ...[
    'handlers',
    'workspace',
    'sources',
    'preparation',
    'extracts',
    'query',
    'sql',
    'analytics',
    'monitor',
    'reports',
    'exports',
  ].map((name) => ({
    ...engineBase,
    name: `engine/${name}`,
    files: new RegExp(`^electron/engine/${name}/`),
  })),
]

const hostRooms: readonly Room[] = [
  {
    name: 'hosts/electron entry',
    files: /^electron\/hosts\/electron\/(main|preload)\.ts$/,
    rooms: ['hosts/electron', 'shared/*', 'engine*'],
    packages: ['electron'],
    node: true,
  },
  {
    name: 'hosts/electron',
    files: /^electron\/hosts\/electron\//,
    rooms: ['shared/*', 'engine*'],
    packages: ['zod'],
    typesOf: ['electron'],
    node: true,
  },
  {
    name: 'hosts/loopback',
    files: /^electron\/hosts\/loopback\//,
    rooms: ['shared/*', 'engine*'],
    packages: ['ws', 'zod', 'playwright-core'],
    node: true,
  },
  {
    name: 'hosts/cli',
    files: /^electron\/hosts\/cli\//,
    rooms: ['shared/*', 'engine*', 'hosts/loopback'],
    packages: ['*'],
    node: true,
  },
]

const page = { packages: ['*'], node: false } as const
const pageRooms: readonly Room[] = [
  { ...page, name: 'page/boot', files: /^renderer\/boot\//, rooms: ['shared/*', 'page/*'] },
  { ...page, name: 'page/client', files: /^renderer\/client\//, rooms: ['shared/*'] },
  { ...page, name: 'page/ui', files: /^renderer\/ui\//, rooms: ['shared/*'] },
  {
    ...page,
    name: 'page/state',
    files: /^renderer\/state\//,
    rooms: ['shared/*', 'page/client'],
  },
  ...[
    'designer',
    'sheet-designer',
    'shelves',
    'inspector',
    'fields',
    'data',
    'blocks',
    'charts',
    'crosstab',
    'preparation',
    'people',
    'analytics',
    'monitor',
    'gallery',
    'browse',
    'import',
    'calendar',
    'connections',
    'user-sql',
    'refresh',
    'sharing',
    'export',
    'preview',
  ].map((name) => ({
    ...page,
    name: `page/${name}`,
    files: new RegExp(`^renderer/${name}/`),
    // Drawing is a room of its own that several screens show.
    rooms: ['shared/*', 'page/state', 'page/ui', ...drawingFor(name)],
  })),
]

function drawingFor(room: string): string[] {
  const shows = ['designer', 'preview', 'gallery']
  return shows.includes(room) ? ['page/charts', 'page/crosstab'] : []
}

const everything = { rooms: ['*'], packages: ['*', ...nativeDrivers, 'electron'], node: true }
const outsideRooms: readonly Room[] = [
  { ...everything, name: 'scripts', files: /^scripts\// },
  { ...everything, name: 'tests', files: /^tests\// },
  { ...everything, name: 'configuration', files: /^[\w.-]+\.config\.[tj]s$/ },
]

export const rooms: readonly Room[] = [
  ...sharedRooms,
  wire,
  ...engineRooms,
  ...hostRooms,
  ...pageRooms,
  ...outsideRooms,
]

/** Nobody imports these. */
export const neverImported: readonly string[] = ['tests', 'configuration']
/** Their imports say nothing about how the product is layered. */
export const outside: readonly string[] = ['scripts', 'tests', 'configuration']
