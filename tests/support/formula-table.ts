import { functions } from '../../shared/expression/functions/catalogue.ts'
import { functionGroups } from '../../shared/expression/functions/function-entry.ts'
import type { FunctionEntry, Parameter } from '../../shared/expression/functions/function-entry.ts'
import { textIn } from '../../shared/text/messages.ts'

const english = textIn('en')
const chinese = textIn('zh-CN')

/** The rows of the function tables in docs/formulas.md, a heading before each group. */
export function functionTable(): string[] {
  return functionGroups.flatMap((group) => [
    `### ${english(`formula.group.${group}`)} · ${chinese(`formula.group.${group}`)}`,
    ...Object.values(functions)
      .filter((entry) => entry.group === group)
      .map(line),
  ])
}

function line(entry: FunctionEntry): string {
  const names = [...entry.english, ...entry.chinese].map((name) => `\`${name}\``).join(' ')
  const about = [english, chinese].map((text) => text(`formula.about.${entry.id}`))
  return `| ${[names, signature(entry), ...about].join(' | ')} |`
}

function signature({ parameters, repeated = [], last }: FunctionEntry): string {
  const said = (parameter: Parameter): string => {
    const name = english(`formula.arg.${parameter.name}`)
    return parameter.optional === true ? `[${name}]` : name
  }
  const all = [
    ...parameters.map(said),
    ...repeated.map(said),
    ...(repeated.length > 0 ? ['…'] : []),
    ...(last ? [said(last)] : []),
  ]
  return all.length === 0 ? '–' : all.join(', ')
}
