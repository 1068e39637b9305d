import fc from 'fast-check';
import { ReceiveMessage, SendMessage } from './conversations/commands.js';
import { GetTimeline } from './conversations/queries.js';
import { AppError } from './errors.js';
import * as contracts from './index.js';
import { type Class, validateShape } from './validate.js';

const aMessage = { conversationId: 'c1', commandId: 'command-1', text: 'hello' };
const aReceived = {
  channelId: 'web',
  externalId: '+34 600',
  externalMessageId: 'm1',
  customer: { id: 'cu1', name: 'Ana' },
  text: 'hello',
  startsIn: 'bot',
  teamId: null,
};

const refusal = <T extends object>(type: Class<T>, value: unknown): AppError => {
  try {
    validateShape(type, value);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
    return error as AppError;
  }
  throw new Error('was accepted');
};

const refusedPaths = <T extends object>(type: Class<T>, value: unknown): string[] => [
  ...new Set((refusal(type, value).errors ?? []).map(({ path }) => path)),
];

const nested = (depth: number): unknown => JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth)) as unknown;

describe('validateShape', () => {
  it('makes an instance of the class, and of those inside', () => {
    const message = validateShape(ReceiveMessage, aReceived);
    expect(message).toBeInstanceOf(ReceiveMessage);
    expect(message.customer).toBeInstanceOf(contracts.CustomerSummary);
    expect(message).toEqual(aReceived);
  });

  it('leaves what it was given as it was', () => {
    const given = structuredClone(aReceived);
    validateShape(ReceiveMessage, given);
    expect(given).toEqual(aReceived);
  });

  it('reads numbers of a query string', () => {
    expect(validateShape(GetTimeline, { conversationId: 'c1', limit: '20', after: '7' })).toEqual({ conversationId: 'c1', limit: 20, after: 7 });
  });

  it.each<[string, unknown, string]>([
    ['a missing field', { conversationId: 'c1', commandId: 'command-1' }, 'text'],
    ['null for a field', { ...aMessage, text: null }, 'text'],
    ['null for an optional field', { ...aMessage, seenSeq: null }, 'seenSeq'],
    ['an unknown field', { ...aMessage, role: 'admin' }, 'role'],
    ['a wrong type', { ...aMessage, text: 7 }, 'text'],
    ['an operator for a text', { ...aMessage, conversationId: { $ne: null } }, 'conversationId'],
    ['a list for a text', { ...aMessage, conversationId: ['c1'] }, 'conversationId'],
    ['a text for a number', { ...aMessage, seenSeq: '3' }, 'seenSeq'],
    ['a fraction', { ...aMessage, seenSeq: 1.5 }, 'seenSeq'],
    ['a number below its range', { ...aMessage, seenSeq: -1 }, 'seenSeq'],
    ['a number that is not exact', { ...aMessage, seenSeq: 2 ** 53 }, 'seenSeq'],
    ['NaN', { ...aMessage, seenSeq: NaN }, 'seenSeq'],
  ])('refuses %s, naming it', (_, value, path) => {
    expect(refusedPaths(SendMessage, value)).toEqual([path]);
  });

  it.each<[string, unknown, string]>([
    ['a missing field', {}, 'customer.id'],
    ['an unknown field', { ...aReceived.customer, role: 'admin' }, 'customer.role'],
    ['a wrong type', { id: 'cu1', name: { $gt: '' } }, 'customer.name'],
    ['null', null, 'customer'],
    ['a text', 'cu1', 'customer'],
    ['a list', [aReceived.customer], 'customer'],
  ])('names the path inside a nested object: %s', (_, customer, path) => {
    expect(refusedPaths(ReceiveMessage, { ...aReceived, customer })).toContain(path);
  });

  it('names every field that fails', () => {
    expect(refusedPaths(SendMessage, {}).toSorted()).toEqual(['commandId', 'conversationId', 'text']);
  });

  it('says in its message what failed first, without the value', () => {
    const { message } = refusal(SendMessage, { ...aMessage, text: '\ud83d' });
    expect(message).toBe('text: must be well-formed Unicode');
  });

  it.each([['null', null], ['nothing', undefined]])('takes %s for an empty body', (_, value) => {
    expect(refusedPaths(SendMessage, value)).toHaveLength(3);
    expect(validateShape(contracts.ListTags, value)).toEqual({});
  });

  it.each<[string, unknown]>([['an array', []], ['an array of bodies', [aMessage]], ['a text', 'text'], ['a number', 7], ['true', true]])('refuses %s as a body', (_, value) => {
    expect(refusedPaths(SendMessage, value)).toEqual(['']);
  });

  it.each([
    ['{"conversationId":"c1","commandId":"command-1","text":"x","__proto__":{"role":"admin"}}', '__proto__'],
    ['{"conversationId":"c1","commandId":"command-1","text":"x","constructor":{"prototype":{}}}', 'constructor'],
    ['{"conversationId":"c1","commandId":"command-1","text":"x","prototype":1}', 'prototype'],
    ['{"conversationId":{"__proto__":{}},"commandId":"command-1","text":"x"}', 'conversationId.__proto__'],
    ['{"conversationId":[{"__proto__":{}}],"commandId":"command-1","text":"x"}', 'conversationId.0.__proto__'],
  ])('refuses names that reach a prototype: %s', (json, path) => {
    expect(refusedPaths(SendMessage, JSON.parse(json))).toEqual([path]);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it('refuses text that cannot be stored as UTF-8, wherever it stands: two ids would become one', () => {
    const { commandId, conversationId } = aMessage;
    expect(refusedPaths(SendMessage, { commandId, conversationId, text: 'a\udc00' })).toEqual(['text']);
    expect(refusedPaths(contracts.IdentifyCustomer, { channelId: 'api', externalId: 'a\ud800' })).toEqual(['externalId']);
    expect(refusedPaths(contracts.IdentifyCustomer, { channelId: 'api', externalId: 'a', attributes: { city: '\ud800' } })).toEqual(['attributes.city']);
  });

  it.each([9, 100, 5_000])('refuses %i levels of nesting without walking them', (depth) => {
    expect(refusedPaths(SendMessage, nested(depth))).toEqual(['a.a.a.a.a.a.a.a']);
  });

  it('answers whatever anybody sends to any request with VALIDATION_FAILED or an instance', () => {
    const requests = contracts.allRpcs().map(({ request }) => request);
    fc.assert(
      fc.property(fc.constantFrom(...requests), fc.anything({ withNullPrototype: true, maxDepth: 4 }), (request, value) => {
        try {
          expect(validateShape(request, value)).toBeInstanceOf(request);
        } catch (error) {
          expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a body of nothing but noise', () => {
  it('is refused for its number of fields before any of them is checked', () => {
    const noise = Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [`x${index}`, 1]));
    expect(refusal(SendMessage, { ...aMessage, ...noise }).errors).toEqual([{ path: '', message: 'has too many fields' }]);
    expect(refusal(SendMessage, { ...aMessage, more: Array(90_000).fill(1) }).errors).toHaveLength(1);
  });

  it('is answered with twenty mistakes at most', () => {
    const noise = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, 1]));
    expect(refusal(SendMessage, { ...aMessage, ...noise }).errors).toHaveLength(20);
  });
});

it.each(['', '0x10', '1e1', '-1', '1.5', ' 1', 'one'])('takes %j for no number of a query', (text) => {
  expect(refusedPaths(GetTimeline, { conversationId: 'c1', after: text })).toEqual(['after']);
  expect(refusedPaths(GetTimeline, { conversationId: 'c1', limit: text })).toEqual(['limit']);
});
