import { randomBytes } from 'node:crypto';
import { type Stack, startStack } from '@relevo/local-stack';
import { connectOperator, makeStreams, type Operator, type RunningSystem, startSystem, type SystemOptions } from '@relevo/start';
import { patience, patientEnv, patientSilenceSeconds } from './patience.js';
import { addressOf, ReachedSystem } from './reached-system.js';

export type TestSystemOptions = Omit<SystemOptions, 'stack' | 'supervise' | 'databasePrefix'> & {
  /** One that several systems share; a throw-away one is started, and stopped with the system, when absent. */
  readonly stack?: Stack;
  /** Of the throw-away one: how long a client of NATS may be silent; where absent, longer than in a deployment. */
  readonly natsSilenceSeconds?: number;
};

/** All services as processes of their own on a throw-away engine, to be used, raced and killed. */
export class TestSystem extends ReachedSystem {
  constructor(
    readonly stack: Stack,
    /** Their processes: to be killed and restarted. */
    readonly running: RunningSystem,
    operator: Operator,
    databasePrefix: string,
    private readonly ownsStack: boolean,
  ) {
    super(addressOf(stack, databasePrefix, running.gatewayUrls), operator);
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.running.stop();
    if (this.ownsStack) await this.stack.stop();
  }
}

/** Ready to be asked. In `beforeAll`, with `stop` in `afterAll`: a start takes seconds. */
export async function startTestSystem(options: TestSystemOptions = {}): Promise<TestSystem> {
  const stack = options.stack ?? (await startStack({ ephemeral: true, natsSilenceSeconds: options.natsSilenceSeconds ?? patientSilenceSeconds }));
  const stopOwn = async (): Promise<void> => {
    if (options.stack === undefined) await stack.stop();
  };
  // So that systems on one engine do not meet.
  const databasePrefix = `test_${randomBytes(5).toString('hex')}`;
  try {
    const running = await startSystem({
      prepare: (natsUrl) => makeStreams(natsUrl, patience),
      ...options,
      stack,
      databasePrefix,
      env: { NODE_ENV: 'test', LOG_LEVEL: 'warn', ...patientEnv, ...options.env },
    });
    const operator = await connectOperator(stack.nats.urlFor('operator'), patience).catch(async (error: unknown) => {
      await running.stop();
      throw error;
    });
    return new TestSystem(stack, running, operator, databasePrefix, options.stack === undefined);
  } catch (error) {
    await stopOwn();
    throw error;
  }
}
