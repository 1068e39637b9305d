import { parseArgs } from 'node:util';

import { type GatewayOptions, startDocumentDbGateway } from './start.js';

const usage = 'usage: node main.js --port <n, 0 for any> --postgres <port> [--max-connections <n>]';

/** Throws one readable line if an argument is missing or is no number. */
function readOptions(): GatewayOptions {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, postgres: { type: 'string' }, 'max-connections': { type: 'string' } },
  });
  const maxConnections = values['max-connections'];
  return {
    port: wholeNumber('--port', values.port),
    postgresPort: wholeNumber('--postgres', values.postgres),
    ...(maxConnections === undefined ? {} : { maxConnections: wholeNumber('--max-connections', maxConnections) }),
  };
}

function wholeNumber(option: string, value: string | undefined): number {
  if (value === undefined || !/^\d{1,5}$/.test(value)) throw new Error(`${option} needs a whole number; ${usage}`);
  return Number(value);
}

const end = (): never => process.exit(0);

async function main(): Promise<void> {
  const { port } = await startDocumentDbGateway(readOptions());
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  // Standard input closes with the parent however that ends, kill -9 included; there is no other way to learn of that.
  process.stdin.on('end', end).on('close', end).on('error', end).resume();
  process.stdout.write(`${JSON.stringify({ port })}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`documentdb-gateway: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
