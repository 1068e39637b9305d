import { headers } from '@nats-io/transport-node';
import { type Actor, header } from '@relevo/contracts';
import fc from 'fast-check';
import { callerOf, systemCaller, toHeaders } from './caller.js';

describe('a caller in headers', () => {
  it('is read as it was written, whatever its name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uuid(), (name, correlationId) => {
        const actor: Actor = { kind: 'agent', workspaceId: 'acme', id: 'ana', name, role: 'agent', teamIds: ['t1'] };
        expect(callerOf(toHeaders({ actor, correlationId }))).toEqual({ actor, correlationId });
      }),
    );
  });

  it.each([undefined, headers()])('is nobody without them', (from) => {
    expect(() => callerOf(from)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }) as Error);
  });

  it('has a correlation id of its own when it brought none', () => {
    const from = headers();
    from.set(header.actor, encodeURIComponent('{"kind":"system","id":"relay"}'));
    expect(callerOf(from).correlationId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('of a service names a workspace only when it acts in one', () => {
    expect(systemCaller('scheduler').actor).toEqual({ kind: 'system', id: 'scheduler' });
    expect(systemCaller('scheduler', 'acme').actor).toEqual({ kind: 'system', id: 'scheduler', workspaceId: 'acme' });
  });
});
