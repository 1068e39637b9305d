import { AppError, claimConversation, getTimeline, type Operation } from '@relevo/contracts';
import { noQuery } from '../http/query.js';
import { bodyOf, type RestRequest } from './request-body.js';

const claim: Operation = { rpc: claimConversation, method: 'POST', path: '/conversations/:conversationId/claim' };
const timeline: Operation = { rpc: getTimeline, method: 'GET', path: '/conversations/:conversationId/timeline' };
const aRequest = (more: Partial<RestRequest> = {}): RestRequest => ({ params: { conversationId: 'c1' }, query: {}, body: {}, idempotencyKey: undefined, ...more });
const refusalOf = (task: () => unknown): unknown => {
  try {
    return task();
  } catch (error) {
    return (error as AppError).errors;
  }
};

describe('the body of an operation over REST', () => {
  it('is the path and the query of a GET, and nothing else', () => {
    expect(bodyOf(timeline, aRequest({ query: { limit: '3' }, body: { before: 1 }, idempotencyKey: 'client-key' }))).toEqual({ conversationId: 'c1', limit: '3' });
  });

  it('is the path, the body and the key of a command', () => {
    expect(bodyOf(claim, aRequest({ body: { note: 'x' }, idempotencyKey: 'client-key' }))).toEqual({ conversationId: 'c1', note: 'x', commandId: 'client-key' });
  });

  it('gets a key of its own each time when a command brings none', () => {
    const [one, two] = [bodyOf(claim, aRequest()), bodyOf(claim, aRequest())];
    expect(one.commandId).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
    expect(one.commandId).not.toBe(two.commandId);
  });

  it('takes the key from the body too, unless the header says another', () => {
    const body = { commandId: 'client-key' };
    expect(bodyOf(claim, aRequest({ body }))).toMatchObject(body);
    expect(bodyOf(claim, aRequest({ body, idempotencyKey: 'client-key' }))).toMatchObject(body);
    expect(refusalOf(() => bodyOf(claim, aRequest({ body, idempotencyKey: 'other-key' })))).toMatchObject([{ path: 'commandId' }]);
  });

  it('lets nothing override what the path says', () => {
    expect(refusalOf(() => bodyOf(claim, aRequest({ body: { conversationId: 'c2' } })))).toMatchObject([{ path: 'conversationId' }]);
    expect(refusalOf(() => bodyOf(timeline, aRequest({ query: { conversationId: 'c1' } })))).toMatchObject([{ path: 'conversationId' }]);
  });

  it('takes a parameter once, and none for a command', () => {
    expect(refusalOf(() => bodyOf(timeline, aRequest({ query: { limit: ['1', '2'] } })))).toMatchObject([{ path: 'limit' }]);
    expect(refusalOf(() => bodyOf(claim, aRequest({ query: { x: '1' } })))).toMatchObject([{ path: 'x' }]);
    expect(() => noQuery({})).not.toThrow();
  });

  it('leaves names that look nested, or like a prototype’s, to the contract', () => {
    const query = { 'a[$gt]': '1', ['__proto__']: 'x' };
    expect(Object.keys(bodyOf(timeline, aRequest({ query })))).toEqual(['a[$gt]', '__proto__', 'conversationId']);
  });
});
