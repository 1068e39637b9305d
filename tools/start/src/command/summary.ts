import { relative } from 'node:path';
import type { DemoFile } from '../demo/demo-file.js';
import type { Places } from './places.js';
import { renderTable } from './table.js';

/** What a person needs to go on: where it is, and who they can be. */
export function summaryOf({ gatewayUrls, customerUrl, workspaces }: DemoFile, places: Places, from = process.cwd()): string {
  const show = (path: string): string => (relative(from, path).startsWith('..') ? path : relative(from, path));
  const where = renderTable([
    ['console', gatewayUrls.map((url) => `${url}/app/`).join('  ')],
    ...(customerUrl === undefined ? [] : [['customers', `${customerUrl}  (play one)`]]),
    ['gateway', gatewayUrls.join('  ')],
    ['credentials', `${show(places.demo)}  (channels' secrets too)`],
    ['logs', show(places.logs)],
    ['data', `${show(places.data)}  (kept; "npm start -- --fresh" begins anew)`],
  ]);
  const companies = workspaces.map(({ name, agents, channels }) => {
    const people = agents.map(({ role, email, password }) => [role, email, password]);
    const ways = channels.map(({ kind, name: channel, id }) => [kind, channel, id]);
    return `${name}\n${renderTable(people)}\n${renderTable(ways)}`;
  });
  return [where, ...companies, 'Ctrl+C stops everything.'].join('\n\n');
}
