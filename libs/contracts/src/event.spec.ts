import { event, eventSubject, readEventSubject } from './event.js';

describe('event subjects', () => {
  const agents = event('routing', 'internal');

  it('are read as they were written', () => {
    const subject = eventSubject(agents, { workspaceId: 'acme', aggregateId: 'ana', fact: 'agent-changed' });
    expect(subject).toBe('evt.routing.acme.internal.ana.agent-changed.v1');
    expect(readEventSubject(subject)).toEqual({ owner: 'routing', workspaceId: 'acme', visibility: 'internal', aggregateId: 'ana', fact: 'agent-changed' });
  });

  it('have a star for whatever is not given', () => {
    expect(eventSubject(agents, { fact: 'agent-changed' })).toBe('evt.routing.*.internal.*.agent-changed.v1');
  });

  it.each(['', 'evt', 'evt.routing.acme.internal.ana.agent-changed', 'evt.routing.acme.internal.ana.agent-changed.v2', 'rpc.routing.acme.internal.ana.x.v1', 'evt.routing..internal.ana.x.v1', 'evt.a.b.c.d.e.v1.f'])(
    'are not %j',
    (subject) => expect(readEventSubject(subject)).toBeNull(),
  );
});
