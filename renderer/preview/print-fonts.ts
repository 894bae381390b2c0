import latin400 from '@fontsource/noto-sans-sc/files/noto-sans-sc-latin-400-normal.woff2?url'
import latin700 from '@fontsource/noto-sans-sc/files/noto-sans-sc-latin-700-normal.woff2?url'
import simplified400 from '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2?url'
import simplified700 from '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-700-normal.woff2?url'

const latinRange =
  'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215'

const faces = [
  { url: simplified400, weight: '400', range: undefined },
  { url: simplified700, weight: '700', range: undefined },
  { url: latin400, weight: '400', range: latinRange },
  { url: latin700, weight: '700', range: latinRange },
]

/** The product's own font for paper: static files embed as proper subsets, which system variable fonts do not. */
export async function loadPrintFonts(): Promise<void> {
  const loaded = await Promise.all(
    faces.map(({ url, weight, range }) =>
      new FontFace('Noto Sans SC', `url(${url})`, {
        weight,
        ...(range === undefined ? {} : { unicodeRange: range }),
      }).load(),
    ),
  )
  for (const face of loaded) document.fonts.add(face)
}
