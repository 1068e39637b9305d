import { Controller, type INestApplication, Module } from '@nestjs/common';
import { type ActorOf, AppError, type Caller, createTeam, type CreateTeam, listTeams, type TeamView } from '@relevo/contracts';
import { type Stack, startStack } from '@relevo/local-stack';
import { PlatformModule, startApplication } from '@relevo/platform';
import { Handles, MessageBus, MessagingModule, requestsOf } from '../src/index.js';
import { anAgent } from './support/callers.js';
import { eventually, Gate } from './support/eventually.js';
import { makeStreams } from './support/publisher.js';
import { configFor } from './support/replica.js';

const detailed = new AppError('CONFLICT', 'There is one.', { details: { teamId: 't1', nested: { at: [1, 2] } }, errors: [{ path: 'name', message: 'is taken' }] });

let begun = new Gate();

@Controller()
class Teams {
  @Handles(createTeam)
  createTeam({ name }: CreateTeam, { actor }: Caller<ActorOf<'agent' | 'system'>>): Promise<TeamView> {
    if (name === 'taken') throw detailed;
    if (name === 'broken') throw new TypeError('the secret is 1234');
    if (name === 'rejected') return Promise.reject(new Error('the secret is 1234'));
    if (name === 'slow') {
      begun.open();
      return new Promise(() => undefined);
    }
    return Promise.resolve({ id: actor.id, name: 'name' in actor ? actor.name : name, assignment: 'manual', archived: false });
  }
}

describe('MessageBus', () => {
  let stack: Stack;
  let app: INestApplication;
  let bus: MessageBus;

  const create = (name: string, caller = anAgent('admin'), timeoutMs?: number) => bus.request(createTeam, { commandId: 'command-1', name }, caller, timeoutMs);

  const failure = async (request: Promise<unknown>): Promise<AppError> => {
    const error: unknown = await request.then(
      () => Promise.reject(new Error('was answered')),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(AppError);
    return error as AppError;
  };

  beforeAll(async () => {
    stack = await startStack({ ephemeral: true, ignoreEnvironment: true, natsSilenceSeconds: 20 });
    await makeStreams(stack.nats.url);
    const config = configFor(stack.nats.url);
    @Module({ imports: [PlatformModule.forService('probe', config), MessagingModule.forService('probe', config)], controllers: [Teams] })
    class Root {}
    app = await startApplication(Root, config, [requestsOf('probe', config)]);
    bus = app.get(MessageBus);
  });

  beforeEach(() => (begun = new Gate()));

  afterAll(async () => {
    await app.close();
    await stack.stop();
  });

  it('answers with what the handler returned', async () => {
    await expect(create('Sales')).resolves.toEqual({ id: 'ana', name: 'Ana', assignment: 'manual', archived: false });
  });

  it.each(['José Ñandú', 'two\nlines\r\nX-Evil: yes', '日本 🙂', '"quoted" %20 \\', '\ud800'])('carries the actor %j intact', async (name) => {
    // A lone surrogate cannot be written as UTF-8: JSON escapes it.
    await expect(create('Sales', anAgent('admin', name))).resolves.toMatchObject({ name });
  });

  it('throws the AppError of the handler with its details and field errors', async () => {
    const error = await failure(create('taken'));
    expect(error.toBody()).toEqual(detailed.toBody());
  });

  it.each(['broken', 'rejected'])('tells nothing of the inside of a handler that is %s', async (name) => {
    const error = await failure(create(name));
    expect(error.code).toBe('INTERNAL');
    expect(JSON.stringify(error.toBody())).not.toContain('1234');
  });

  it('throws UNAVAILABLE at once when nobody serves the subject', async () => {
    const error = await failure(bus.request(listTeams, {}, anAgent()));
    expect(error.code).toBe('UNAVAILABLE');
  });

  it('throws PAYLOAD_TOO_LARGE for more than NATS takes, and goes on', async () => {
    expect((await failure(create('x'.repeat(8 * 1024 * 1024)))).code).toBe('PAYLOAD_TOO_LARGE');
    await expect(create('Sales')).resolves.toMatchObject({ id: 'ana' });
  });

  it('throws TIMEOUT when no answer comes in time', async () => {
    expect((await failure(create('slow', anAgent('admin'), 50))).code).toBe('TIMEOUT');
  });

  it('throws UNAVAILABLE at once for requests in flight when the connection breaks, and works again when NATS is back', async () => {
    const inFlight = failure(create('slow', anAgent('admin'), 60_000));
    await begun.passed();
    await stack.nats.kill();
    expect((await inFlight).code).toBe('UNAVAILABLE');
    expect((await failure(create('Sales'))).code).toBe('UNAVAILABLE');
    expect(bus.isConnected).toBe(false);

    await stack.nats.restart();
    await expect(eventually(() => create('Sales'))).resolves.toMatchObject({ id: 'ana' });
  });

  it('throws UNAVAILABLE for requests in flight when NATS freezes, however long they would wait, then for all, and works again when it wakes', async () => {
    const inFlight = failure(create('slow', anAgent('admin'), 60_000));
    await begun.passed();
    await stack.nats.pause();
    const asked = failure(create('Sales', anAgent('admin'), 60_000));
    expect([(await inFlight).code, (await asked).code]).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    expect((await failure(create('Sales'))).code).toBe('UNAVAILABLE');

    await stack.nats.resume();
    await expect(eventually(() => create('Sales'))).resolves.toMatchObject({ id: 'ana' });
  });
});
