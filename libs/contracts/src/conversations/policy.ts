import { IsBoolean, IsCommandId, IsInt, Max, Min, Optional } from '../fields.js';
import { rpc } from '../rpc.js';

/** What a workspace decided about its conversations. */
export class PolicyView {
  /** Hours without an interaction after which a conversation closes by itself (product rule "Close"). */
  @IsInt() @Min(1) @Max(168) toleranceHours: number;
  /** Whether voice messages may be sent. */
  @IsBoolean() voice: boolean;
}

export class GetPolicy {}

export class UpdatePolicy {
  @IsCommandId() commandId: string;
  @Optional() @IsInt() @Min(1) @Max(168) toleranceHours?: number;
  @Optional() @IsBoolean() voice?: boolean;
}

export const getPolicy = rpc('rpc.conversations.get-policy.v1', GetPolicy, PolicyView, { callers: ['agent', 'system'] });
export const updatePolicy = rpc('rpc.conversations.update-policy.v1', UpdatePolicy, PolicyView, { callers: ['agent', 'system'], roles: ['admin'] });

/** Whether a workspace has voice messages; to its customers, when that is changed. Kept nowhere. */
export interface PublicVoiceNotice {
  workspaceId: string;
  voice: boolean;
}

/** Plain subject without a stream: nobody wants to hear later what `ready` says. */
export const voiceSubject = (workspaceId = '*'): string => `live.conversations.${workspaceId}.public.voice.v1`;
