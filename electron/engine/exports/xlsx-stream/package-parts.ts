import { attribute } from './xml-text.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
}

export function workbookXml(names: readonly string[]): string {
  const sheets = names.map(
    (name, i) => `<sheet name="${attribute(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  )
  return (
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">` +
    '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" windowHeight="12000"/></bookViews>' +
    `<sheets>${sheets.join('')}</sheets></workbook>`
  )
}

export function workbookRelsXml(count: number): string {
  const sheets = Array.from({ length: count }, (_, i) =>
    relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`),
  )
  const styles = relation(`rId${count + 1}`, 'styles', 'styles.xml')
  const strings = relation(`rId${count + 2}`, 'sharedStrings', 'sharedStrings.xml')
  return `${HEAD}<Relationships xmlns="${RELATIONS}">${sheets.join('')}${styles}${strings}</Relationships>`
}

export function packageRelsXml(): string {
  const book = relation('rId1', 'officeDocument', 'xl/workbook.xml')
  return `${HEAD}<Relationships xmlns="${RELATIONS}">${book}</Relationships>`
}

export function contentTypesXml(count: number): string {
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="${CONTENT}.${type}+xml"/>`
  const sheets = Array.from({ length: count }, (_, i) =>
    part(`worksheets/sheet${i + 1}`, 'worksheet'),
  )
  return (
    `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    part('workbook', 'sheet.main') +
    sheets.join('') +
    part('styles', 'styles') +
    part('sharedStrings', 'sharedStrings') +
    '</Types>'
  )
}
