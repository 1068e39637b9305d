import type { ChannelView, CustomerView } from '@relevo/contracts';
import { waysTo } from './channels';

const channels = new Map<string, ChannelView>(['web', 'wa', 'api'].map((id) => [id, { id, name: id.toUpperCase(), kind: 'api' }]));
const rosa = (more: Partial<CustomerView> = {}): CustomerView => ({
  id: 'rosa',
  name: 'Rosa',
  identities: [
    { channelId: 'web', externalId: 'visitor:1' },
    { channelId: 'wa', externalId: '+549341' },
    { channelId: 'wa', externalId: '+549342' },
    { channelId: 'gone', externalId: 'x' },
  ],
  attributes: {},
  version: 1,
  affinityAgentId: null,
  blocked: false,
  ...more,
});
const ids = (customer: CustomerView, status: 'active' | 'closed', channelId: string): string[] => waysTo(customer, { status, channelId }, channels).map((way) => way.channelId);

it('are the channels that know the customer, each once, and that there are', () => {
  expect(waysTo(rosa(), { status: 'closed', channelId: 'web' }, channels)).toEqual([
    { channelId: 'web', label: 'WEB' },
    { channelId: 'wa', label: 'WA · +549341' },
  ]);
});

it('are without that of the open conversation while it is active', () => {
  expect(ids(rosa(), 'active', 'web')).toEqual(['wa']);
  expect(ids(rosa({ identities: [{ channelId: 'web', externalId: 'visitor:1' }] }), 'active', 'web')).toEqual([]);
});

it('are none to a customer who is blocked, or who lives on as another', () => {
  expect(ids(rosa({ blocked: true }), 'closed', 'web')).toEqual([]);
  expect(ids(rosa({ mergedIntoId: 'otra' }), 'closed', 'web')).toEqual([]);
});
