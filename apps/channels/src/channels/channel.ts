import { AppError, type ChannelCreated, type ChannelKind, type ChannelView, type EntryActor, type VoiceFormat } from '@relevo/contracts';
import type { Aggregate, AggregateState, Decision, JournalEntry } from '@relevo/journal';
import { digestId } from '@relevo/platform';

/** What a channel is; this database is the home of its secret, which no event and no list carries. */
export interface ChannelSettings {
  name: string;
  kind: ChannelKind;
  /** The team whose queue its conversations enter; null for the general queue. */
  teamId: string | null;
  /** Whether its conversations begin with a bot. */
  bot: boolean;
  /** False: no voice messages. */
  voice?: boolean;
  /** Absent: as recorded. */
  voiceFormat?: VoiceFormat;
  /** Where agents' messages are posted; null: nowhere. */
  callbackUrl: string | null;
  /** Key of the HMAC of what goes in and out. */
  secret: string;
  /** Pages that may embed its widget, besides the gateway's own; absent: none. */
  allowedOrigins?: readonly string[];
}

export interface ChannelState extends AggregateState, ChannelSettings {}

export type ChannelEntry = JournalEntry<'channel-created', ChannelSettings>;

export interface CreateChannelCommand {
  type: 'create';
  by: EntryActor;
  settings: ChannelSettings;
}

export const channelIdOf = (workspaceId: string, commandId: string): string => digestId('channel', workspaceId, commandId);

export const channelView = (id: string, { name, kind, teamId, voice, voiceFormat }: ChannelSettings): ChannelView => ({
  id,
  name,
  kind,
  ...(teamId !== null && { teamId }),
  ...(voice === false && { voice }),
  ...(voiceFormat && { voiceFormat }),
});

export const channelCreated = (id: string, settings: ChannelSettings): ChannelCreated => ({ ...channelView(id, settings), secret: settings.secret });

function decide(state: ChannelState | null, { by, settings }: CreateChannelCommand): Decision<ChannelEntry> {
  if (state !== null) throw new AppError('CONFLICT', 'commandId: was used by somebody else', { errors: [{ path: 'commandId', message: 'was used by somebody else' }] });
  return { type: 'channel-created', actor: by, data: settings };
}

export const channelAggregate: Aggregate<ChannelState, ChannelEntry, CreateChannelCommand> = {
  noun: 'channel',
  indexes: [{ key: { workspaceId: 1, name: 1, _id: 1 } }, { key: { allowedOrigins: 1 } }],
  decide,
  fold: (_state, { workspaceId, seq, at, data }) => ({ workspaceId, seq, at, ...data }),
  // Nobody follows channels yet, and an entry holds a secret: nothing of it is published.
  toEvents: () => [],
};
