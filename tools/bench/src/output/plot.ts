import type { Results } from '../results.js';
import { type Figure, figuresOf } from './figures.js';
import { digits, placeOf } from './summary.js';
import { svgOf, text } from './svg.js';

const width = 860;
const left = 260;
const right = 110;
const rowHeight = 26;
const barHeight = 12;
const titleHeight = 34;
const footHeight = 46;

/** Room for the widest whisker, in steps that a reader can divide. */
function scaleOf(figures: readonly Figure[]): { most: number; x: (ratio: number) => number } {
  const most = Math.ceil(Math.max(1, ...figures.map(({ compared }) => compared.ratio.max)) * 2) / 2;
  return { most, x: (ratio) => left + (ratio / most) * (width - left - right) };
}

function row({ name, compared: { ratio } }: Figure, top: number, x: (ratio: number) => number): string {
  const middle = top + rowHeight / 2;
  return [
    text(left - 10, middle + 4, name, 'text-anchor="end"'),
    `<rect class="bar" x="${x(0)}" y="${middle - barHeight / 2}" width="${(x(ratio.median) - x(0)).toFixed(1)}" height="${barHeight}" rx="2"/>`,
    `<path class="whisker" d="M${x(ratio.min).toFixed(1)} ${middle}H${x(ratio.max).toFixed(1)}M${x(ratio.min).toFixed(1)} ${middle - 4}v8M${x(ratio.max).toFixed(1)} ${middle - 4}v8"/>`,
    text(x(ratio.max) + 8, middle + 4, digits(ratio.median), 'class="value"'),
  ].join('\n');
}

/** Ratios as bars with their least and greatest round. */
export function plotOf(results: Results): string {
  const figures = figuresOf(results);
  const { most, x } = scaleOf(figures);
  const parts: string[] = [];
  let y = 8;
  let group = '';
  for (const figure of figures) {
    if (figure.group !== group) {
      y += titleHeight;
      parts.push(text(16, y - 10, figure.group, 'class="title"'));
      group = figure.group;
    }
    parts.push(row(figure, y, x));
    y += rowHeight;
  }
  const bottom = y + 6;
  const grid = Array.from({ length: Math.floor(most) + 1 }, (_, ratio) => `<path class="${ratio === 1 ? 'even' : 'grid'}" d="M${x(ratio).toFixed(1)} 20V${bottom}"/>${text(x(ratio), bottom + 14, String(ratio), 'text-anchor="middle" class="small"')}`);
  const height = bottom + footHeight;
  const foot = placeOf(results).map((line, index) => text(16, bottom + 28 + index * 13, line, 'class="small"'));
  return svgOf({ width, height, label: 'Ratios of the benchmark: median, least and greatest round', parts: [...grid, ...parts, ...foot] });
}
