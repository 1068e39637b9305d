import { parseArgs } from 'node:util';
import { parsed, UsageError } from '../command/arguments.js';

export interface SimulationArguments {
  /** Customers' messages a second. */
  readonly rate: number;
  readonly minutes: number;
  readonly help: boolean;
}

const fastest = 200;
const longest = 24 * 60;

export const simulationUsage = `npm run simulate -- [options]
  --rate N      customers' messages a second, up to ${fastest} (2)
                Where that makes more than 20 answers a second of one agent, start the system with a higher SENDS_PER_SECOND.
  --minutes N   how long, up to ${longest} (5)
Needs a running npm start: gateways and accounts come from .local/demo.json.`;

function amount(text: string, name: string, max: number): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0 && value <= max)) throw new UsageError(`${name} must be a number above 0 and up to ${max}, not "${text}".`);
  return value;
}

export function readSimulationArguments(args: readonly string[]): SimulationArguments {
  const { values } = parsed(() =>
    parseArgs({
      args: [...args],
      options: { rate: { type: 'string', default: '2' }, minutes: { type: 'string', default: '5' }, help: { type: 'boolean', short: 'h', default: false } },
    }),
  );
  return { rate: amount(values.rate, '--rate', fastest), minutes: amount(values.minutes, '--minutes', longest), help: values.help };
}

/** Made-up customers belong nowhere but on the machine of whoever made them up. */
export function requireLoopback(urls: readonly string[]): void {
  for (const url of urls) {
    if (!URL.canParse(url) || !isLoopback(new URL(url).hostname)) throw new UsageError(`${url} is not on this machine: simulate writes to loopback addresses only.`);
  }
}

const isLoopback = (hostname: string): boolean => hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
