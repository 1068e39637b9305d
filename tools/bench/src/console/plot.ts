import { digits } from '../output/summary.js';
import { svgOf, text } from '../output/svg.js';
import { type ActResult, type ConsoleResults, nameOf } from './results.js';
import { placesOf } from './summary.js';

const width = 860;
const left = 300;
const right = 90;
const rowHeight = 28;
const barHeight = 12;
const top = 40;
const boundMs = 50;
const gridMs = 25;

/** The longest task of each act, with its least and greatest run, against the bound. */
export function plotOf(results: ConsoleResults): string {
  const most = Math.ceil(Math.max(boundMs * 1.5, ...results.acts.map(({ longestTaskMs }) => longestTaskMs.max)) / gridMs) * gridMs;
  const x = (ms: number): number => left + (ms / most) * (width - left - right);
  const bottom = top + results.acts.length * rowHeight + 6;
  const row = ({ act, longestTaskMs: { median, min, max } }: ActResult, index: number): string => {
    const middle = top + index * rowHeight + rowHeight / 2;
    return [
      text(left - 10, middle + 4, nameOf(act, results), 'text-anchor="end"'),
      `<rect class="bar" x="${x(0)}" y="${middle - barHeight / 2}" width="${(x(median) - x(0)).toFixed(1)}" height="${barHeight}" rx="2"/>`,
      `<path class="whisker" d="M${x(min).toFixed(1)} ${middle}H${x(max).toFixed(1)}M${x(min).toFixed(1)} ${middle - 4}v8M${x(max).toFixed(1)} ${middle - 4}v8"/>`,
      // In a column of their own: beside a bar they would lie across the bound.
      text(width - right + 12, middle + 4, `${digits(median)} ms`, 'class="value"'),
    ].join('\n');
  };
  const every = Math.ceil(most / gridMs / 8) * gridMs;
  const marks = [...Array.from({ length: Math.floor(most / every) + 1 }, (_, index) => index * every), boundMs];
  const grid = marks.map((ms) => `<path class="${ms === boundMs ? 'even' : 'grid'}" d="M${x(ms).toFixed(1)} ${top - 8}V${bottom}"/>${text(x(ms), bottom + 14, String(ms), 'text-anchor="middle" class="small"')}`);
  const foot = placesOf(results).map((line, index) => text(16, bottom + 30 + index * 13, line, 'class="small"'));
  const title = text(16, 22, `The page’s longest task, ms; ${(results.scriptBytes / 1000).toFixed(0)} kB of gzipped scripts for the first load`, 'class="title"');
  return svgOf({ width, height: bottom + 30 + foot.length * 13 + 6, label: 'The console’s longest tasks: median, least and greatest run', parts: [title, ...grid, ...results.acts.map(row), ...foot] });
}
