/** Tree to text in its one canonical form; what is printed parses to the same tree. */
import type { Language } from '../text/language.ts'
import { functions, namesOf } from './functions/catalogue.ts'
import { operatorPowers, powers } from './parser.ts'
import { writeField, writeParameter } from './scope.ts'
import type { Tree } from './tree.ts'

export function printFormula(tree: Tree, language: Language): string {
  switch (tree.kind) {
    case 'number':
      return tree.digits
    case 'text':
      return writeText(tree.text)
    case 'boolean':
      return booleanWords[language][tree.value ? 0 : 1]
    case 'field':
      return writeField(tree.name)
    case 'parameter':
      return writeParameter(tree.name)
    case 'negate':
      return `-${within(tree.of, powers.negate, language)}`
    case 'percent':
      return `${within(tree.of, powers.percent, language)}%`
    case 'binary': {
      const power = operatorPowers[tree.op]
      // Operators of one power are read from the left.
      return `${within(tree.left, power, language)} ${tree.op} ${within(tree.right, power + 1, language)}`
    }
    case 'call': {
      const [name] = namesOf(functions[tree.fn], language)
      return `${name}(${tree.args.map((arg) => printFormula(arg, language)).join(', ')})`
    }
  }
}

const booleanWords: Readonly<Record<Language, readonly [string, string]>> = {
  en: ['TRUE', 'FALSE'],
  'zh-CN': ['真', '假'],
}

export function writeText(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function within(tree: Tree, power: number, language: Language): string {
  const text = printFormula(tree, language)
  return powerOf(tree) < power ? `(${text})` : text
}

function powerOf(tree: Tree): number {
  switch (tree.kind) {
    case 'binary':
      return operatorPowers[tree.op]
    case 'negate':
      return powers.negate
    case 'percent':
      return powers.percent
    default:
      return Infinity
  }
}
