import { receiveMessage, type TypingNotice, tellVisitorTyping, typingSubject } from '@relevo/contracts';
import { type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { aMessage, channel } from './a-message.js';
import { Beside } from './beside.js';

const beside = new Beside();
const told: TypingNotice[] = [];

let replicas: Replicas;

beforeAll(async () => {
  beside.channel('api');
  replicas = await startReplicas({ service: 'conversations', compose, count: 1, beside: [beside.compose] });
  replicas.nats.subscribe(typingSubject('internal'), { callback: (_, message) => void told.push(message.json<TypingNotice>()) });
  await replicas.nats.flush();
});

afterAll(() => replicas?.stop());

/** Whom agents were told of by now: what was published before an answer has come before it. */
async function typing(externalId: string): Promise<string[]> {
  told.length = 0;
  await replicas.ask(tellVisitorTyping, { channelId: channel.id, externalId }, channel);
  await replicas.nats.flush();
  return told.map(({ actor }) => actor.id);
}

const writes = (externalId: string, id: string) => replicas.ask(receiveMessage, aMessage(externalId, { customer: { id, name: id } }), channel);

it('agents are told that a customer writes, where there is something active', async () => {
  beside.customer('lucia', channel.id, 'visitor:1');
  expect(await typing('visitor:1')).toEqual([]);
  await writes('visitor:1', 'lucia');
  expect(await typing('visitor:1')).toEqual(['lucia']);
});

it('a blocked customer reaches nobody by writing either; nor does one of whom that is not known', async () => {
  beside.customer('mario', channel.id, 'visitor:2');
  await writes('visitor:2', 'mario');
  expect(await typing('visitor:2')).toEqual(['mario']);
  beside.customer('mario', channel.id, 'visitor:2', { blocked: true });
  expect(await typing('visitor:2')).toEqual([]);
  beside.customers.delete('mario');
  expect(await typing('visitor:2')).toEqual([]);
  beside.customer('mario', channel.id, 'visitor:2');
  expect(await typing('visitor:2')).toEqual(['mario']);
});
