/** Our own colours: text on its ground is at least 4.5:1 and borders of controls at least 3:1, in both themes. */
export interface Palette {
  /** Behind everything; panels and blocks lie on it. */
  readonly ground: string
  readonly surface: string
  readonly raised: string
  readonly hover: string
  readonly line: string
  readonly lineStrong: string
  readonly control: string
  readonly text: string
  readonly muted: string
  readonly accent: string
  readonly accentText: string
  /** Fills and outlines under the pointer. */
  readonly accentHover: string
  /** A filled button under the pointer: its words stay readable. */
  readonly accentPressed: string
  readonly accentSoft: string
  readonly onAccent: string
  readonly danger: string
  readonly dangerSoft: string
  readonly success: string
  readonly warning: string
  readonly dimension: string
  readonly dimensionSoft: string
  readonly measure: string
  readonly measureSoft: string
  readonly identifier: string
  readonly identifierSoft: string
}

export type ThemeName = 'light' | 'dark'

export const palettes: Readonly<Record<ThemeName, Palette>> = {
  light: {
    ground: '#eef0f4',
    surface: '#ffffff',
    raised: '#f7f8fa',
    hover: '#edf0f5',
    line: '#e0e4eb',
    lineStrong: '#c9cfda',
    control: '#868fa1',
    text: '#1a2233',
    muted: '#566074',
    accent: '#2c57c9',
    accentText: '#274fb8',
    accentHover: '#274fb8',
    accentPressed: '#2349a8',
    accentSoft: '#e9effc',
    onAccent: '#ffffff',
    danger: '#b3261e',
    dangerSoft: '#fceeed',
    success: '#1a6e42',
    warning: '#8a5a00',
    dimension: '#2450a8',
    dimensionSoft: '#e8effb',
    measure: '#17693f',
    measureSoft: '#e5f4eb',
    identifier: '#7a4a12',
    identifierSoft: '#f8efe2',
  },
  dark: {
    ground: '#12151b',
    surface: '#1a1e26',
    raised: '#20252f',
    hover: '#282e3a',
    line: '#2b323f',
    lineStrong: '#3d4657',
    control: '#7a8599',
    text: '#e6e9f0',
    muted: '#a2acbe',
    accent: '#4a73dd',
    accentText: '#9db8ff',
    accentHover: '#5f86ea',
    accentPressed: '#3f66cf',
    accentSoft: '#232f4d',
    onAccent: '#ffffff',
    danger: '#ff9a92',
    dangerSoft: '#3d2222',
    success: '#77d3a1',
    warning: '#e8b95e',
    dimension: '#a9c2ff',
    dimensionSoft: '#232e48',
    measure: '#86dbab',
    measureSoft: '#1d3429',
    identifier: '#e6b77c',
    identifierSoft: '#382c1e',
  },
}

/** Writes the colours as custom properties: style sheets read `var(--text)` and follow the theme. */
export function paint(root: HTMLElement, theme: ThemeName): void {
  root.dataset['theme'] = theme
  root.style.colorScheme = theme
  for (const [name, color] of Object.entries(palettes[theme])) {
    root.style.setProperty(
      `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`,
      String(color),
    )
  }
}
