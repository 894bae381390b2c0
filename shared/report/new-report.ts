import type { NewId } from './ids.ts'
import type { BoardPage, PageSetup, Report } from './report.ts'

export const defaultSetup: PageSetup = {
  paper: 'A4',
  orientation: 'landscape',
  marginMm: 12,
  header: '',
  footer: '',
  pageNumbers: true,
}

export function newPage(title: string, newId: NewId): BoardPage {
  return { id: newId('pg'), kind: 'board', title, blocks: {}, blockOrder: [], setup: defaultSetup }
}

export function newReport(title: string, pageTitle: string, newId: NewId): Report {
  const page = newPage(pageTitle, newId)
  return {
    id: newId('rp'),
    title,
    theme: 'storeboard',
    datasets: {},
    drillPaths: {},
    pages: { [page.id]: page },
    pageOrder: [page.id],
    interactions: {},
    images: {},
  }
}
