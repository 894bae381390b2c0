import type { ReactNode } from 'react'

/** Our icons: 16 units square, drawn with lines of the text's own colour. */
const shapes = {
  text: <path d="M3.5 4.5V3h9v1.5M8 3v10M6.5 13h3" />,
  number: <path d="M6.2 2.5 4.8 13.5M11.2 2.5 9.8 13.5M2.8 6h11M2.2 10h11" />,
  date: <path d="M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5v3M10.5 2.5v3" />,
  boolean: (
    <path d="M5 4.5h6a3.5 3.5 0 0 1 0 7H5a3.5 3.5 0 0 1 0-7zM11 6.6a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8z" />
  ),
  identifier: <path d="M2.5 3v10M5 3v10M7 3v10M9.5 3v10M11.5 3v10M13.5 3v10" />,
  column: <path d="M2 13.5h12M4 13.5V8h2.2v5.5M7 13.5V3h2.2v10.5M10 13.5V6h2.2v7.5" />,
  bar: <path d="M2.5 2v12M2.5 4H8v2.2H2.5M2.5 7H13v2.2H2.5M2.5 10H10v2.2H2.5" />,
  line: <path d="M2 13.5h12M2.5 10.5 6 6.5l3 2.5 4.5-6" />,
  pie: <path d="M8 2.2A5.8 5.8 0 1 0 13.8 8H8zM10 1.8A5 5 0 0 1 14.2 6H10z" />,
  donut: (
    <path d="M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM8 5.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2zM8 2.2v3.2M10.2 9.3l2.8 1.7" />
  ),
  scatter: (
    <>
      <path d="M2.5 2v11.5H14" />
      <path
        d="M5.5 9.2v.6M8 6.2v.6M10.5 8.2v.6M12 4.2v.6M6.5 11.2v.6M9.2 3.2v.6"
        strokeWidth="1.9"
        strokeLinecap="round"
      />
    </>
  ),
  crosstab: <path d="M2.5 2.5h11v11h-11zM2.5 6h11M6.5 2.5v11M6.5 9.7h7M10 6v7.5" />,
  table: <path d="M2.5 3h11v10h-11zM2.5 6h11M2.5 8.4h11M2.5 10.7h11" />,
  metric: <path d="M2.5 4h11v8h-11zM5 9.5V6.5L4.2 7M7.2 6.6h2.2L7.2 9.5h2.3M11 6.5v3" />,
  image: <path d="M2.5 3h11v10h-11zM2.8 11.5 6 8l2.2 2.4L10.3 8l3 3.5M10.3 5.5v.6" />,
  filter: <path d="M2.5 3.5h11L9.5 8.5v4.7l-3-1.6V8.5z" />,
  page: <path d="M4 2.5h5.5L12 5v8.5H4zM9.5 2.5V5H12" />,
  undo: <path d="M5.5 3 2.8 5.7l2.7 2.7M3 5.7h6.3a3.7 3.7 0 0 1 0 7.3H6" />,
  redo: <path d="M10.5 3l2.7 2.7-2.7 2.7M13 5.7H6.7a3.7 3.7 0 0 0 0 7.3H10" />,
  pencil: <path d="M3 13l.7-2.9L10.6 3.2l2.2 2.2-6.9 6.9zM9.2 4.6l2.2 2.2" />,
  minus: <path d="M3 8h10" />,
  fit: <path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M6 6h4v4H6z" />,
  model: <path d="M2 2.5h4.5v4H2zM9.5 9.5H14v4H9.5zM6.5 4.5h5.2v5" />,
  plus: <path d="M8 3v10M3 8h10" />,
  sql: <path d="M4.8 4.5 2 8l2.8 3.5M11.2 4.5 14 8l-2.8 3.5M9.2 3 6.8 13" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  more: <path d="M4 8h.01M8 8h.01M12 8h.01" strokeWidth="1.9" strokeLinecap="round" />,
  down: <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />,
  right: <path d="m6.5 4.5 3.5 3.5-3.5 3.5" />,
  left: <path d="m9.5 4.5-3.5 3.5 3.5 3.5" />,
  present: <path d="M2.5 3h11v7.5h-11zM5.5 13.5h5M8 10.5v3M7 5.2v3L9.6 6.7z" />,
  share: <path d="M8 9.5v-7M5.2 5 8 2.3 10.8 5M3 8.5v5h10v-5" />,
  save: <path d="M3 3h8l2 2v8H3zM5.5 3v3.2h5V3M5 13V9h6v4" />,
  home: <path d="M2.5 7.5 8 3l5.5 4.5M4 6.5v7h3V10h2v3.5h3v-7" />,
  search: <path d="M7 2.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4zM10.2 10.2l3.3 3.3" />,
  dataset: (
    <path d="M3 4c0-1 2.2-1.7 5-1.7s5 .7 5 1.7-2.2 1.7-5 1.7S3 5 3 4zM3 4v8c0 1 2.2 1.7 5 1.7s5-.7 5-1.7V4M3 8c0 1 2.2 1.7 5 1.7S13 9 13 8" />
  ),
  person: (
    <path d="M8 2.5a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2zM2.8 13.5c.4-2.6 2.5-4 5.2-4s4.8 1.4 5.2 4z" />
  ),
  rows: <path d="M2.5 4h11M2.5 8h11M2.5 12h11" />,
  up: <path d="m4.5 9.5 3.5-3.5 3.5 3.5" />,
  check: <path d="m3.5 8.5 3 3 6-7" />,
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  warning: <path d="M8 2.5 14 13H2zM8 6.5V10M8 11.3v.4" />,
  drill: <path d="M3 3v4h5v4M5.7 8.8 8 11.2l2.3-2.4M10.5 4H13" />,
  folder: <path d="M2 4.2h4.2l1.4 1.6H14v7H2zM2 6.8h12" />,
  template: <path d="M2.5 2.5h11v11h-11zM2.5 6h11M6.5 6v7.5" strokeDasharray="1.6 1.2" />,
  sun: (
    <path d="M8 5.3a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4zM8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1" />
  ),
  moon: <path d="M13 9.6A5.4 5.4 0 0 1 6.4 3 5.4 5.4 0 1 0 13 9.6z" />,
  system: (
    <path d="M8 2.3a5.7 5.7 0 1 1 0 11.4A5.7 5.7 0 0 1 8 2.3zM8 2.3v11.4M8 4.5l4.4-.2M8 7.5h5.6M8 10.5h5" />
  ),
  upload: <path d="M8 10.5v-8M4.8 5.5 8 2.3l3.2 3.2M2.5 10v3.5h11V10" />,
  link: (
    <path d="M6.7 9.3 9.3 6.7M7.2 4.8l1.6-1.6a2.8 2.8 0 0 1 4 4l-1.6 1.6M8.8 11.2l-1.6 1.6a2.8 2.8 0 0 1-4-4l1.6-1.6" />
  ),
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof shapes

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none', display: 'block' }}
    >
      {shapes[name]}
    </svg>
  )
}
