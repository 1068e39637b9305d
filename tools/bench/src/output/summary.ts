import type { Spread } from '../measuring/statistics.js';
import { isMet, type Results, type Target, targetsOf } from '../results.js';
import { figuresOf } from './figures.js';

const nameWidth = 46;
const columnWidth = 22;

/** Three digits that count, whatever the size. */
export const digits = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2));

const spread = ({ median, min, max }: Spread, scale: number): string => `${digits(median / scale)} (${digits(min / scale)}–${digits(max / scale)})`;

export const verdict = (target: Target): string => `${isMet(target) ? '✓' : '✗'} ${target.name}: ${digits(target.value)}, at most ${target.atMost}`;

/** Where it was measured, in two lines. */
export function placeOf({ machine, engine: { nats, database }, replicas }: Pick<Results, 'machine' | 'engine' | 'replicas'>): string[] {
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB; ${machine.system}; Node ${machine.node}`,
    `${nats.name} ${nats.version} (${nats.via}), ${database.name} ${database.version} (${database.via}); ${replicas} of each service`,
  ];
}

/** The whole run for a person: figures as median (min–max) over the rounds, and what they must not pass. */
export function summaryOf(results: Results): string {
  const lines: string[] = [...placeOf(results)];
  let group = '';
  for (const { name, unit, compared, scale, group: its } of figuresOf(results)) {
    if (its !== group) lines.push('', its, `${''.padEnd(nameWidth + 5)}${['measured', 'against', 'ratio'].map((title) => title.padStart(columnWidth)).join('')}`);
    group = its;
    const columns = [spread(compared.subject, scale), spread(compared.reference, scale), spread(compared.ratio, 1)];
    lines.push(`  ${name.padEnd(nameWidth)}${unit.padStart(3)}${columns.map((column) => column.padStart(columnWidth)).join('')}`);
  }
  if (results.lists && results.lists.examined.length > 0) {
    lines.push('', 'index keys examined for a page of 25 conversations, all its queries together');
    for (const { order, viewer, tray, conversations, page, queries, keys } of results.lists.examined) {
      lines.push(`  ${`order ${order}, ${viewer}, tray ${tray}`.padEnd(nameWidth)}${page.padEnd(6)} page of ${String(conversations).padStart(6)}: ${String(keys).padStart(4)} keys by ${queries} ${queries === 1 ? 'query' : 'queries'}`);
    }
  }
  if (results.uploads) {
    const { liveBytes, residentBytes, megabytesPerSecond, bytes } = results.uploads;
    const line = (name: string, unit: string, figures: Spread, scale: number): string => `  ${name.padEnd(nameWidth)}${unit.padStart(3)}${spread(figures, scale).padStart(columnWidth)}`;
    lines.push('', `the gateway, with uploads of ${bytes / 1e6} MB`);
    for (const when of ['before', 'after'] as const) lines.push(line(`live memory, ${when}`, 'MB', liveBytes[when], 1e6));
    for (const when of ['before', 'peak', 'after'] as const) lines.push(line(`resident memory, ${when}`, 'MB', residentBytes[when], 1e6));
    lines.push(line('stored a second', 'MB', megabytesPerSecond, 1));
  }
  lines.push('', ...(results.quick ? ['A quick run: its figures show that it works, nothing else.'] : targetsOf(results).map(verdict)));
  return lines.join('\n');
}
