import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { agentHandler, startReplica } from './replica.js';

/**
 * A replica in a process of its own: writes the name of each event to a file once it handled it, so that what a kill
 * loses is what was not handled. An event called `kill...` kills it.
 */
const [url = '', file = '', ackWaitMs, maxErrors] = process.argv.slice(2);

await startReplica(
  url,
  [
    agentHandler(async ({ agent }) => {
      if (agent.name.startsWith('kill')) process.kill(process.pid, 'SIGKILL');
      process.send?.({ begun: agent.name });
      await pause(2);
      appendFileSync(file, `${agent.name}\n`);
    }),
  ],
  { ackWaitMs: Number(ackWaitMs), maxErrors: Number(maxErrors) },
);
process.send?.({ ready: true });
