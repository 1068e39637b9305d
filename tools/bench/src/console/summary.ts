import type { Spread } from '../measuring/statistics.js';
import { digits, placeOf, verdict } from '../output/summary.js';
import { type ConsoleResults, nameOf, targetsOf } from './results.js';

const nameWidth = 42;

const spread = ({ median, min, max }: Spread): string => `${digits(median)} (${digits(min)}–${digits(max)})`;

/** In which browser, and where. */
export const placesOf = (results: ConsoleResults): string[] => [`${results.browser}, ${results.runs} runs`, ...placeOf({ ...results, replicas: 1 })];

/** The whole run for a person: figures as median (min–max) over the runs, and what they must not pass. */
export const summaryOf = (results: ConsoleResults): string =>
  [
    ...placesOf(results),
    '',
    `${''.padEnd(nameWidth)}${['ms', 'longest task, ms', 'by the wall, ms', 'tasks over 50 ms'].map((title) => title.padStart(22)).join('')}`,
    ...results.acts.map((act) => `${nameOf(act.act, results).padEnd(nameWidth)}${[spread(act.ms), spread(act.longestTaskMs), spread(act.longestTaskWallMs), `${act.tasksOver50} of ${act.tasks}`].map((column) => column.padStart(22)).join('')}`),
    '',
    ...targetsOf(results).map(verdict),
  ].join('\n');
