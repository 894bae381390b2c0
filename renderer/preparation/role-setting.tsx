import type { FieldRole } from '../../shared/data/field.ts'
import { useText } from '../ui/use-text.ts'
import { Pick } from './form-parts.tsx'

interface RoleSettingProps {
  readonly role: FieldRole | undefined
  /** What no role stands for. */
  readonly none: string
  readonly onChange: (role: FieldRole | undefined) => void
}

export function RoleSetting({ role, none, onChange }: RoleSettingProps) {
  const text = useText()
  const roles = ['dimension', 'measure', 'identifier'] as const
  return (
    <Pick
      label={text('recipe.form.role')}
      value={role ?? 'none'}
      options={[
        { value: 'none', label: none },
        ...roles.map((value) => ({ value, label: text(`role.${value}`) })),
      ]}
      onChange={(next) => onChange(next === 'none' ? undefined : next)}
    />
  )
}
