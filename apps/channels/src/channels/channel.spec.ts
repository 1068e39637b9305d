import { channelAggregate, channelCreated, type ChannelEntry, type ChannelSettings, channelView } from './channel.js';

const settings: ChannelSettings = { name: 'API', kind: 'api', teamId: null, bot: false, callbackUrl: null, secret: 'the-secret' };
const by = { kind: 'agent', id: 'ana', name: 'Ana' } as const;
const at = new Date('2026-03-01T10:00:00Z');

const entry: ChannelEntry = {
  _id: 'c:0000000001',
  aggregateId: 'c',
  workspaceId: 'sur',
  seq: 1,
  commandKey: 'k',
  fingerprint: null,
  at,
  type: 'channel-created',
  actor: by,
  data: settings,
  published: false,
  version: 1,
};
const state = channelAggregate.fold(null, entry);

it('begins with what was asked', () => {
  expect(channelAggregate.decide(null, { type: 'create', by, settings }, at)).toEqual({ type: 'channel-created', actor: by, data: settings });
  expect(state).toEqual({ workspaceId: 'sur', seq: 1, at, ...settings });
});

it('does not begin twice', () => {
  expect(() => channelAggregate.decide(state, { type: 'create', by, settings }, at)).toThrow('commandId: was used by somebody else');
});

it('shows its secret to its maker alone', () => {
  expect(channelView('c', state)).toEqual({ id: 'c', name: 'API', kind: 'api' });
  expect(channelView('c', { ...state, teamId: 'ventas' })).toEqual({ id: 'c', name: 'API', kind: 'api', teamId: 'ventas' });
  expect(channelCreated('c', state)).toEqual({ id: 'c', name: 'API', kind: 'api', secret: 'the-secret' });
  expect(channelAggregate.toEvents(null, state, entry)).toEqual([]);
});
