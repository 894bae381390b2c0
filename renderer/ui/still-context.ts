import { createContext, use } from 'react'

/** Whether what is drawn stands still on paper: no animation, no tooltip, nothing to click. */
export const StillContext = createContext(false)

export function useStill(): boolean {
  return use(StillContext)
}
