import { startStack } from '@relevo/local-stack';
import { type DemoFile, demoFileOf, readDemoFile, writeDemoFile } from '../demo/demo-file.js';
import { portsAt, portsFrom } from '../system/ports.js';
import { type RunningSystem, startSystem } from '../system/start-system.js';
import { unlessAborted } from '../system/unless-aborted.js';
import { type StartArguments, UsageError, wholeNumber } from './arguments.js';
import { Installation } from './installation.js';
import type { Places } from './places.js';
import type { Progress } from './progress.js';
import { reset } from './reset.js';

export interface Started {
  readonly demo: DemoFile;
  stop(): Promise<void>;
}

const defaultPort = 3000;

/** A port that somebody asked for is that one or none; the default is a habit that may give way. */
async function gatewayPorts(count: number, { PORT }: NodeJS.ProcessEnv): Promise<number[]> {
  if (!PORT) return portsFrom(defaultPort, count);
  const port = wholeNumber(PORT, 'PORT', 1, 65_535);
  return portsAt(port, count).catch((error: Error) => {
    throw new UsageError(error.message);
  });
}

/**
 * Engine, services, demo: everything, or nothing and the reason. Interrupted by the signal, it ends what it started; an
 * engine that is still starting ends with this process.
 */
export async function start({ replicas, fresh }: StartArguments, places: Places, progress: Progress, signal: AbortSignal): Promise<Started> {
  const installation = await Installation.open(places.seed);
  const ports = await gatewayPorts(replicas, process.env);
  if (fresh) await progress.step('data', () => reset(places), () => 'forgotten');
  const stack = await progress.step(
    'engine',
    (say) => unlessAborted(signal, startStack({ dataDir: places.data, onProgress: say })),
    ({ nats, database }) => `NATS from ${nats.via}, database from ${database.via}`,
  );
  let system: RunningSystem | undefined;
  const stop = async (): Promise<void> => {
    await system?.stop();
    await stack.stop();
  };
  try {
    let atStart = true;
    system = await progress.step(
      'services',
      (say) =>
        startSystem({
          stack,
          replicas,
          gatewayPorts: ports,
          logsDir: places.logs,
          supervise: true,
          signal,
          env: { LOG_LEVEL: process.env.LOG_LEVEL || 'info', JWT_SECRET: process.env.JWT_SECRET || installation.jwtSecret },
          serviceEnv: { gateway: { DEMO_PAGE: 'true' } },
          onProgress: (line) => (atStart ? say(line) : progress.line(line)),
        }),
      ({ processes }) => `${processes.length} processes`,
    );
    atStart = false;
    return { demo: await unlessAborted(signal, demoOf(system, stack.nats.urlFor('operator'), installation, places, progress)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function demoOf({ gatewayUrls }: RunningSystem, natsUrl: string, installation: Installation, places: Places, progress: Progress): Promise<DemoFile> {
  let result = '';
  return progress.step(
    'demo',
    async (say) => {
      // Loaded now: while the services started there was better use for the processor.
      const { isInPlace, seedDemo } = await import('../demo/demo.js');
      const [gatewayUrl = ''] = gatewayUrls;
      const before = await readDemoFile(places.demo);
      const inPlace = before !== undefined && (await isInPlace(gatewayUrl, before));
      const demo = inPlace
        ? demoFileOf(gatewayUrls, before.workspaces)
        : await seedDemo({ natsUrl, gatewayUrls, passwordOf: (email) => installation.passwordOf(email), onProgress: say });
      await writeDemoFile(places.demo, demo);
      result = inPlace ? 'in place' : `${demo.workspaces.length} workspaces`;
      return demo;
    },
    () => result,
  );
}
