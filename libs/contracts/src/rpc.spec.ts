import { roles } from './actor.js';
import * as contracts from './index.js';
import { allRpcs, owners, rpc } from './rpc.js';

describe('every request', () => {
  const rpcs = allRpcs();

  it('is there', () => {
    expect(rpcs).toContain(contracts.claimConversation);
    expect(rpcs.length).toBeGreaterThan(20);
  });

  it.each(rpcs.map((definition) => [definition.subject, definition] as const))('%s is well-formed, and its owner known', (subject, { callers, roles: needed }) => {
    const [, owner] = /^rpc\.([a-z]+)\.[a-z]+(?:-[a-z]+)*\.v[1-9]\d*$/.exec(subject) ?? [];
    expect(owners).toContain(owner);
    expect(callers.length).toBeGreaterThan(0);
    for (const role of needed ?? []) expect(roles).toContain(role);
    // Roles are an agent's; asking for one without agents would ask nobody.
    if (needed) expect(callers).toContain('agent');
  });

  it.each(rpcs.filter(({ callers }) => callers.some((kind) => kind === 'channel' || kind === 'bot')).map(({ subject }) => subject))(
    '%s, which customer-facing parts send, is public',
    (subject) => expect(subject).toMatch(/^rpc\.[a-z]+\.public-/),
  );

  it('cannot be declared twice', () => {
    const { subject, request, reply } = contracts.claimConversation;
    expect(() => rpc(subject, request, reply, { callers: ['agent'] })).toThrow('declared twice');
  });
});
