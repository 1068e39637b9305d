import { connect, type NatsConnection, PermissionViolationError } from '@nats-io/transport-node';
import { allRpcs, type AnyRpc } from '@relevo/contracts';
import { type NatsUser, natsUsers, type Stack, startStack } from '@relevo/local-stack';
import { patientOptions } from './support/replica.js';

/** Who may publish what agents may ask: the one authenticates them, the other is the installation's owner. */
const trusted: readonly NatsUser[] = ['gateway', 'operator'];

let stack: Stack;
/** What the server itself refuses each user, of all requests there are. */
const mayAsk = new Map<NatsUser, ReadonlySet<string>>();
const mayServe = new Map<NatsUser, ReadonlySet<string>>();

async function allowed(user: NatsUser, operation: 'publish' | 'subscription', attempt: (nats: NatsConnection, subject: string) => void): Promise<ReadonlySet<string>> {
  const nats = await connect(patientOptions(user, stack.nats.urlFor(user)));
  const refused = new Set<string>();
  const statuses = nats.status();
  const reading = (async () => {
    for await (const status of statuses) {
      if (status.type === 'error' && status.error instanceof PermissionViolationError && status.error.operation === operation) refused.add(status.error.subject);
    }
  })();
  for (const { subject } of allRpcs()) attempt(nats, subject);
  await nats.flush();
  await nats.close();
  await reading;
  return new Set(allRpcs().flatMap(({ subject }) => (refused.has(subject) ? [] : [subject])));
}

beforeAll(async () => {
  stack = await startStack({ ephemeral: true, ignoreEnvironment: true, natsSilenceSeconds: 20 });
  for (const user of natsUsers) {
    mayAsk.set(user, await allowed(user, 'publish', (nats, subject) => nats.publish(subject, '{}')));
    mayServe.set(user, await allowed(user, 'subscription', (nats, subject) => nats.subscribe(subject, { queue: user, callback: () => undefined })));
  }
});

afterAll(() => stack?.stop());

const askersOf = ({ subject }: AnyRpc): NatsUser[] => natsUsers.filter((user) => mayAsk.get(user)?.has(subject));

it.each(allRpcs().map((rpc) => [rpc.subject, rpc] as const))('%s may be asked by whom it is for, and served by its owner alone', (subject, rpc) => {
  const [, owner] = subject.split('.');
  expect(natsUsers.filter((user) => mayServe.get(user)?.has(subject))).toEqual([owner]);
  const askers = askersOf(rpc);
  const others = askers.filter((user) => !trusted.includes(user));
  // Whoever may publish it may name any agent as its actor.
  if (rpc.callers.includes('agent')) expect(others).toEqual([]);
  if (rpc.callers.includes('agent')) expect(askers).toContain('gateway');
  if (rpc.callers.includes('channel')) expect(others).not.toEqual([]);
  expect(askers).not.toEqual([]);
});

it.each(['widget', 'channels'] as const)('%s asks for nothing but what is public', (user) => {
  const asked = [...(mayAsk.get(user) ?? [])];
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((subject) => !/^rpc\.[a-z]+\.public-/.test(subject))).toEqual([]);
});

it('lets nobody take requests outside the queue group of their owner', async () => {
  for (const user of natsUsers) expect([...(await allowed(user, 'subscription', (nats, subject) => nats.subscribe(subject, { callback: () => undefined })))]).toEqual([]);
});
