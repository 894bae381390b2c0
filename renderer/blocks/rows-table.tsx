import { isNumeric } from '../../shared/data/field.ts'
import type { BlockContentProps } from '../state/block-content.ts'
import { showValue } from '../ui/show-value.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import './blocks.css'

export function RowsTable({ answer }: BlockContentProps<'table'>) {
  const language = useLanguage()
  const text = useText()
  if (answer.state !== 'rows') return null
  const { fields, page } = answer.list
  return (
    <div className="table-content" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {fields.map(({ name, type }) => (
              <th key={name} scope="col" data-numeric={isNumeric(type)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from(page.rowIds, (id, row) => (
            <tr key={id}>
              {fields.map(({ name, type }, column) => (
                <td key={name} data-numeric={isNumeric(type)}>
                  {page.columns[column] && showValue(page.columns[column], row, language, text)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
