import { isNumeric } from '../../shared/data/field.ts'
import type { SqlPreview } from '../../shared/data/sql-words.ts'
import { fieldIcon } from '../ui/field-words.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'

interface PreviewRowsProps {
  readonly preview: SqlPreview | null
  readonly waiting: boolean
}

/** Columns with their types and the first rows, as the place they come from writes them. */
export function PreviewRows({ preview, waiting }: PreviewRowsProps) {
  const text = useText()
  if (!preview) return <p className="hint sql-nothing">{text('sql.previewEmpty')}</p>
  const { columns, rows, more } = preview
  const count = String(rows.length)
  const note = rows.length === 0 ? text('sql.noRows') : text(more ? 'sql.previewRows' : 'sql.allRows', { count }) // prettier-ignore
  return (
    <div className="sql-preview" aria-busy={waiting}>
      <p className="hint" role="status">
        {note}
      </p>
      <div className="sql-scroll" tabIndex={0} role="group" aria-label={text('sql.preview')}>
        <table>
          <thead>
            <tr>
              {columns.map(({ name, type }) => (
                <th key={name} scope="col" data-numeric={isNumeric(type)}>
                  <Icon
                    name={fieldIcon({
                      name,
                      type,
                      role: isNumeric(type) ? 'measure' : 'dimension',
                    })}
                    size={13}
                  />{' '}
                  {/* prettier-ignore */}
                  <span>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {columns.map(({ name, type }, at) => (
                  <td key={name} data-numeric={isNumeric(type)}>
                    {row[at] ?? <span className="sql-blank">{text('sql.blank')}</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
