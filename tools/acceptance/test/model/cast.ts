import type { Role } from '@relevo/contracts';

export const teams = ['sales', 'support'] as const;
export type Team = (typeof teams)[number];

/** Agents of one team, of the other, of both, of none; one who sees all, and one who changes them. */
export const crew = {
  ana: { role: 'agent', teams: ['sales'] },
  beto: { role: 'agent', teams: ['support'] },
  carla: { role: 'agent', teams: ['sales', 'support'] },
  dario: { role: 'agent', teams: [] },
  eva: { role: 'supervisor', teams: [] },
  root: { role: 'admin', teams: [] },
} as const satisfies Record<string, { role: Role; teams: readonly Team[] }>;
export type Name = keyof typeof crew;
export const names = Object.keys(crew) as Name[];

/** Never has a socket, so is offline whatever he chooses. */
export const away: Name = 'beto';

export const channels = { shop: {}, sales: { team: 'sales' }, support: { team: 'support' }, robot: { bot: true, team: 'support' } } as const satisfies Record<
  string,
  { team?: Team; bot?: boolean }
>;
export type ChannelName = keyof typeof channels;

/** By which channel each customer writes. */
export const customers = { juan: 'shop', lucia: 'sales', pedro: 'support', nadia: 'robot', omar: 'robot', rosa: 'sales' } as const satisfies Record<string, ChannelName>;
export type CustomerName = keyof typeof customers;

/** Two that are used, one archived, and one that is not there. */
export const tags = ['vip', 'complaint', 'archived', 'unknown'] as const;
export type TagName = (typeof tags)[number];

/** What the service that hands over calls itself. */
export const robot = { kind: 'bot', id: 'form-bot', name: 'Form' } as const;

/** As stored things name the cast. */
export interface Ids {
  readonly agents: Readonly<Record<Name, string>>;
  readonly teams: Readonly<Record<Team | 'unknown', string>>;
  readonly channels: Readonly<Record<ChannelName, string>>;
  readonly tags: Readonly<Record<TagName, string>>;
  /** Of those who wrote. */
  readonly customers: Map<CustomerName, string>;
}
