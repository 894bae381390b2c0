import { createContext, use } from 'react'
import type { ThemeName } from './palette.ts'

export const ThemeContext = createContext<ThemeName>('light')

/** The theme shown now; a component that draws for itself is drawn again when it changes. */
export function useTheme(): ThemeName {
  return use(ThemeContext)
}
