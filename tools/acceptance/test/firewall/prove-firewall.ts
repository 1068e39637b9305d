import { randomUUID } from 'node:crypto';
import { eventSubject, conversationsEvents } from '@relevo/contracts';
import { eventually, Receiver, startTestSystem, storedMessages, type TestSystem } from '@relevo/testing';
import { Office } from './office.js';
import { customerFacing, Outside } from './outside.js';
import { customers, scriptOf, type Step } from './script.js';
import { Secrets } from './secrets.js';

const unlimited = ['SENDS', 'VISITOR_SENDS', 'VISITS', 'INBOUND'].flatMap((what) => [[`${what}_PER_SECOND`, '1000000'], [`${what}_BURST`, '1000000']] as const);

/** Product rule "Notes": never to the customer, whatever happens around them. */
export function proveFirewall({ seeds, steps, withinMs }: { seeds: readonly number[]; steps: number; withinMs: number }): void {
  const secrets = new Secrets();
  let system: TestSystem;
  let receiver: Receiver;
  let office: Office;
  let outside: Outside;

  beforeAll(async () => {
    receiver = await Receiver.start();
    system = await startTestSystem({ replicas: { gateway: 2, conversations: 2 }, env: Object.fromEntries(unlimited) });
    office = await Office.open(system, secrets, receiver);
    outside = await Outside.around(system, office, receiver);
    for (const customer of customers) await office.customerWrites(customer, 'hola');
  });

  afterAll(async () => {
    office?.close();
    await outside?.close();
    await system?.stop();
    await receiver?.stop();
  });

  /** Resolves when all that was said before has arrived wherever it goes: what is said last is there. */
  async function allIsSaid(): Promise<void> {
    const last = randomUUID();
    for (const customer of customers) {
      await office.customerWrites(customer, 'sigo acá');
      await office.supervisorWrites(customer, `fin ${last}`);
    }
    await eventually(async () => {
      for (const [place, all] of await outside.places()) {
        if (!place.includes('channel’s system')) expect({ place, hasIt: all.some((bytes) => bytes.includes(last)) }).toEqual({ place, hasIt: true });
      }
    }, 60_000);
  }

  it.each(seeds)(`random notes, mentions, tags and transfers, ${steps} from seed %i: no byte of a note reaches the widget, a channel, the PUBLIC stream, or what is exported for the customer`, async (seed) => {
    const done = new Map<Step['does'], number>();
    for (const step of scriptOf(seed, steps)) {
      if (await office.perform(step)) done.set(step.does, (done.get(step.does) ?? 0) + 1);
    }
    await allIsSaid();
    expect(await outside.leaks(secrets)).toEqual(new Map());
    // Else there was nothing to leak.
    for (const secretive of ['note', 'transfer to agent', 'transfer to team', 'tag', 'rename tag'] as const) expect(done.get(secretive)).toBeGreaterThan(2);
  }, withinMs);

  it('the secrets are where agents read', async () => {
    const operator = await system.natsAs('operator');
    const inside = (await storedMessages(operator, 'INTERNAL')).flatMap((bytes) => secrets.leaksIn(bytes));
    await operator.close();
    for (const what of ['nota-zq', 'nota-al-derivar-zq', 'equipo-zq', 'etiqueta-zq']) expect(inside).toContainEqual(expect.stringContaining(what));
  }, withinMs);

  it.each(customerFacing)('NATS user %s, with notes in INTERNAL, gets none of it by any route', async (user) => {
    const note = eventSubject(conversationsEvents, { workspaceId: office.workspaceId, aggregateId: '*', fact: 'note' });
    const inbox = `_INBOX_${user}.spy`;
    const consumer = (stream: string, more: object): string => JSON.stringify({ stream_name: stream, config: { name: 'spy', deliver_policy: 'all', ack_policy: 'none', ...more } });
    const copy = (more: object): string => JSON.stringify({ name: 'PUBLIC', subjects: ['evt.*.*.public.>'], ...more });
    const routes: (readonly [subject: string, payload: string])[] = [
      ['$JS.API.CONSUMER.CREATE.INTERNAL', consumer('INTERNAL', { deliver_subject: inbox })],
      ['$JS.API.CONSUMER.CREATE.INTERNAL.spy', consumer('INTERNAL', {})],
      ['$JS.API.CONSUMER.MSG.NEXT.INTERNAL.routing-internal', '10'],
      ['$JS.API.STREAM.MSG.GET.INTERNAL', JSON.stringify({ last_by_subj: note })],
      [`$JS.API.DIRECT.GET.INTERNAL.${note}`, ''],
      ['$JS.API.DIRECT.GET.INTERNAL', JSON.stringify({ seq: 1 })],
      ['$JS.API.STREAM.CREATE.COPY', JSON.stringify({ name: 'COPY', sources: [{ name: 'INTERNAL' }] })],
      ['$JS.API.STREAM.UPDATE.PUBLIC', copy({ sources: [{ name: 'INTERNAL' }] })],
      ['$JS.API.STREAM.UPDATE.INTERNAL', JSON.stringify({ name: 'INTERNAL', subjects: ['evt.*.*.internal.>'], republish: { src: '>', dest: `${inbox}.>` } })],
      ['rpc.conversations.timeline.v1', '{}'],
      // What it may do with PUBLIC, aimed at INTERNAL: another stream in the body, its subjects, an answer from its interface.
      ['$JS.API.CONSUMER.CREATE.PUBLIC.spy', consumer('INTERNAL', { deliver_subject: inbox })],
      ['$JS.API.CONSUMER.CREATE.PUBLIC.spy', consumer('PUBLIC', { deliver_subject: inbox, filter_subject: note })],
      ['$JS.API.CONSUMER.CREATE.PUBLIC', consumer('PUBLIC', { deliver_subject: '$JS.API.STREAM.MSG.GET.INTERNAL' })],
      ['$JS.API.CONSUMER.DURABLE.CREATE.PUBLIC.channels-public', consumer('INTERNAL', { name: 'channels-public', durable_name: 'channels-public', deliver_subject: inbox })],
    ];
    for (const [subject, payload] of routes) {
      const answer = await outside.tries(user, subject, payload);
      expect(secrets.leaksIn(answer)).toEqual([]);
      if (!subject.includes('PUBLIC')) expect({ subject, answer }).toEqual({ subject, answer: expect.stringContaining('Permissions Violation') as unknown });
    }
    await allIsSaid();
    expect(await outside.leaks(secrets)).toEqual(new Map());
  }, withinMs);

  it('a note that is sent as a message is found in every place where a customer reads', async () => {
    const planted = secrets.next('plantada');
    for (const customer of customers) await office.supervisorWrites(customer, planted);
    await eventually(async () => {
      const places = [...(await outside.leaks(secrets)).keys()];
      expect(places).toEqual([...(await outside.places()).keys()].filter((place) => !place.includes('channel’s system')));
    }, 60_000);
  }, withinMs);
}
