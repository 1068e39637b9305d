import { rightsOf } from './rights';

const ana = { id: 'ana', role: 'agent' } as const;
const boss = { id: 'boss', role: 'supervisor' } as const;
const eva = { id: 'eva', role: 'admin' } as const;
const nobodys = { affinityAgentId: null, blocked: false };

it.each([
  ['an agent, of nobody’s', ana, nobodys, ['take']],
  ['an agent, of their own', ana, { ...nobodys, affinityAgentId: 'ana' }, ['drop']],
  ['an agent, of another’s', ana, { ...nobodys, affinityAgentId: 'beto' }, []],
  ['an agent, of a blocked one', ana, { ...nobodys, blocked: true }, ['take']],
  ['a supervisor, of another’s', boss, { ...nobodys, affinityAgentId: 'beto' }, ['block']],
  ['a supervisor, of a blocked one', boss, { ...nobodys, blocked: true }, ['take', 'unblock']],
  ['an admin, of another’s', eva, { ...nobodys, affinityAgentId: 'beto' }, ['take', 'drop', 'give', 'block']],
])('%s', (_, me, customer, expected) => expect([...rightsOf(customer, me)]).toEqual(expected));
