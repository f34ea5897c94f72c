import type { Line } from './measure.ts'
import { told } from './stats.ts'

/** The lines as a table in Markdown: the median of all rounds, and between which values they lay. */
export function table(lines: Line[]): string {
  const head = ['what', 'ratio', 'goal', 'product', 'reference', 'unit, reference', 'note']
  const rows = lines.map((line) => [
    line.what,
    `**${told(line.ratio)}**`,
    line.goal,
    told(line.product),
    told(line.reference),
    line.unit,
    line.note ?? '',
  ])
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
