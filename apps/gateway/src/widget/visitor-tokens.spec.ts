import { type Clock } from '@relevo/platform';
import { AccessTokens } from '../auth/access-tokens.js';
import { GatewayConfig } from '../config.js';
import { type Visitor, VisitorTokens } from './visitor-tokens.js';

const day = 24 * 60 * 60 * 1000;
const visitor: Visitor = { workspaceId: 'sur', channelId: 'web', externalId: 'user:ñandú 🦩' };

let now: Date;
const clock: Clock = { now: () => now };
const configured = (more: Partial<GatewayConfig> = {}): GatewayConfig => Object.assign(new GatewayConfig(), more);
const tokens = new VisitorTokens(configured(), clock);

beforeEach(() => {
  now = new Date('2026-03-01T10:00:00Z');
});

it('names a visitor for 180 days', async () => {
  const token = await tokens.sign(visitor);
  now = new Date(now.getTime() + 180 * day - 1_000);
  expect(await tokens.verify(token)).toEqual(visitor);
  now = new Date(now.getTime() + 1_000);
  await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('is good with the same secret only', async () => {
  const other = new VisitorTokens(configured({ JWT_SECRET: 'another secret of thirty-two bytes or more' }), clock);
  await expect(tokens.verify(await other.sign(visitor))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('is never an agent’s, nor an agent’s a visitor’s', async () => {
  const agents = new AccessTokens(configured(), clock);
  await expect(agents.verify(await tokens.sign(visitor))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  const agent = await agents.sign({ agentId: 'ana', workspaceId: 'sur', sessionId: 's1' });
  await expect(tokens.verify(agent)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});
