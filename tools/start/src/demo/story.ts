import type { AttributeType, ChannelKind, Role } from '@relevo/contracts';

/** What a demo is made of, before anything has an id. Keys are for other parts of the demo to refer to. */
export interface DemoWorkspace {
  readonly key: string;
  readonly name: string;
  readonly teams: readonly { readonly key: string; readonly name: string }[];
  readonly agents: readonly DemoAgent[];
  readonly channels: readonly DemoChannel[];
  readonly tags: readonly { readonly name: string; readonly color: string }[];
  readonly quickReplies: readonly { readonly shortcut: string; readonly text: string }[];
  readonly attributes: readonly { readonly key: string; readonly label: string; readonly type: AttributeType }[];
  readonly stories: readonly Story[];
}

export interface DemoAgent {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly teams: readonly string[];
}

export interface DemoChannel {
  readonly key: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly team?: string;
  /** Its conversations begin in the bot's tray. */
  readonly bot?: boolean;
}

/** One conversation: who wrote by which channel, and what happened in which order. */
export interface Story {
  /** Part of the commands' ids, so that a second seed repeats the first instead of doubling it. */
  readonly key: string;
  readonly channel: string;
  readonly customer: {
    /** In the channel's own words. */
    readonly externalId: string;
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
  };
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly does: 'write'; readonly text: string }
  | { readonly does: 'hand-over'; readonly team: string | null }
  | { readonly does: 'claim' | 'release' | 'read' | 'mark-unread' | 'close'; readonly agent: string }
  | { readonly does: 'say'; readonly agent: string; readonly text: string }
  | { readonly does: 'note'; readonly agent: string; readonly text: string; readonly mentions: readonly string[] };

export const writes = (text: string): Step => ({ does: 'write', text });
export const botHandsOver = (team: string | null): Step => ({ does: 'hand-over', team });
export const claims = (agent: string): Step => ({ does: 'claim', agent });
export const releases = (agent: string): Step => ({ does: 'release', agent });
/** Everything so far. */
export const reads = (agent: string): Step => ({ does: 'read', agent });
export const marksUnread = (agent: string): Step => ({ does: 'mark-unread', agent });
export const closes = (agent: string): Step => ({ does: 'close', agent });
export const says = (agent: string, text: string): Step => ({ does: 'say', agent, text });
export const notes = (agent: string, text: string, ...mentions: string[]): Step => ({ does: 'note', agent, text, mentions });
