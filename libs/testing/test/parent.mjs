// Starts everything and tells what runs; whoever started it decides how it ends.
import { startTestSystem } from '../dist/index.js';

const { running, stack } = await startTestSystem();
process.stdout.write(`${JSON.stringify({ pids: running.processes.map(({ pid }) => pid), nats: stack.nats.url })}\n`);
