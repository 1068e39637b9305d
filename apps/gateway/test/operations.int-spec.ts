import { type AgentView, AppError, isCommand, operations } from '@relevo/contracts';
import { unvalidatedSubjects } from '@relevo/messaging/testing';
import { newId } from '@relevo/platform';
import type { LiveClient } from './support/live-client.js';
import { type Sample, samples } from './support/samples.js';
import { type Answer, System } from './support/system.js';

let system: System;
let ana: AgentView;
let token: string;
let socket: LiveClient;

beforeAll(async () => {
  system = await System.start();
  ana = system.services.hire('Ñandú Ana', { role: 'admin', teamIds: ['ventas', 'soporte'] });
  token = await system.tokenOf(ana);
  socket = await system.connect(ana, { token });
});

afterAll(() => system?.stop());

const overRest = ({ operation: { method }, path, fields }: Sample, commandId: string): Promise<Answer> => {
  const query = new URLSearchParams(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))).toString();
  return method === 'GET'
    ? system.rest(method, query ? `${path}?${query}` : path, { token })
    : system.rest(method, path, { token, body: fields, headers: { 'idempotency-key': commandId } });
};

const withEvents = samples.filter(({ operation }) => operation.event !== undefined).map((sample) => ({ ...sample, event: sample.operation.event! }));

describe.each(samples)('$name', (sample) => {
  const { operation, params, fields } = sample;
  const { rpc, event } = operation;
  const commandId = newId();
  const expected = { ...params, ...fields, ...(isCommand(operation) && { commandId }) };

  it('forwards exactly the validated body over REST, as the agent who asks', async () => {
    const { status, json } = await overRest(sample, commandId);
    expect({ status, json }).toEqual({ status: operation.status ?? 200, json: { echo: expected } });
    const received = system.services.received.at(-1)!;
    expect(received).toMatchObject({ subject: rpc.subject, request: expected });
    expect(received.caller.actor).toEqual({
      kind: 'agent',
      workspaceId: 'sur',
      id: ana.id,
      name: 'Ñandú Ana',
      role: 'admin',
      teamIds: ['ventas', 'soporte'],
    });
  });

  it('refuses a field that it does not know, and forwards nothing', async () => {
    const before = system.services.received.length;
    const odd = await overRest({ ...sample, fields: { ...fields, surprise: 'x' } }, commandId);
    expect(odd).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED', errors: [{ path: 'surprise' }] } });
    expect(system.services.received).toHaveLength(before);
  });

  it('refuses a body or query that names what the path gives', async () => {
    for (const param of Object.keys(params)) {
      const twice = await overRest({ ...sample, fields: { ...fields, [param]: 'other' } }, commandId);
      expect(twice).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED', errors: [{ path: param }] } });
    }
  });

  it('needs a token before anything else', async () => {
    const nobody = await system.rest(operation.method, sample.path, operation.method === 'GET' ? {} : { body: '{"broken' });
    expect(nobody).toMatchObject({ status: 401, json: { code: 'UNAUTHENTICATED' } });
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer');
  });

  if (event !== undefined) {
    it('forwards the same over the socket', async () => {
      expect(await socket.ask(event, expected)).toEqual({ ok: true, data: { echo: expected } });
      expect(system.services.received.at(-1)).toMatchObject({ subject: rpc.subject, request: expected });
      expect(system.services.received.at(-1)!.caller.actor).toMatchObject({ id: ana.id });
    });
  }
});

describe('REST and socket', () => {
  it('between them know every operation', () => {
    expect(samples.map(({ operation }) => operation)).toEqual([...operations]);
  });

  it.each(withEvents)('pass on what $event throws alike', async (sample) => {
    const error = new AppError('REPLY_OVERTAKEN', 'Somebody answered.', { details: { missed: [{ seq: 4 }] } });
    system.services.answer(sample.operation.rpc, () => Promise.reject(error));
    const commandId = newId();
    const { status, json } = await overRest(sample, commandId);
    expect({ status, json }).toMatchObject({
      status: 409,
      json: { code: 'REPLY_OVERTAKEN', detail: 'Somebody answered.', details: { missed: [{ seq: 4 }] } },
    });
    const body = { ...sample.params, ...sample.fields, ...(isCommand(sample.operation) && { commandId }) };
    expect(await socket.ask(sample.event, body)).toEqual({
      ok: false,
      error: { code: 'REPLY_OVERTAKEN', message: 'Somebody answered.', details: { missed: [{ seq: 4 }] }, correlationId: expect.any(String) as string },
    });
  });

  it('name the same fields of the same wrong body', async () => {
    const fields = { text: '   ', seenSeq: -1, surprise: 1 };
    const rest = await system.rest('POST', '/v1/conversations/c1/messages', { token, body: fields });
    const ack = await socket.ask('message.send', { ...fields, conversationId: 'c1', commandId: newId() });
    expect(ack).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED', errors: rest.json.errors } });
    expect((rest.json.errors as { path: string }[]).map(({ path }) => path).sort()).toEqual(['seenSeq', 'surprise', 'text']);
  });
});

it('serves no subject without validation', async () => {
  expect(await unvalidatedSubjects(system.gateways[0]!, system.services.nats)).toEqual([]);
});
