import type { ActorOf, Caller, Role } from '@relevo/contracts';

export const anAgent = (role: Role = 'agent', name = 'Ana'): Caller<ActorOf<'agent'>> => ({
  actor: { kind: 'agent', workspaceId: 'acme', id: 'ana', name, role, teamIds: [] },
  correlationId: 'correlation-1',
});

export const aChannel = (): Caller<ActorOf<'channel'>> => ({ actor: { kind: 'channel', workspaceId: 'acme', id: 'web' }, correlationId: 'correlation-1' });
