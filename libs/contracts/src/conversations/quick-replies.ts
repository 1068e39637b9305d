import { Matches } from 'class-validator';
import { IsBoolean, IsCommandId, IsId, IsMessageText, IsNestedList, IsString, Nullable, Optional } from '../fields.js';
import { PageRequest } from '../paging.js';
import { rpc } from '../rpc.js';

/** What agents type after `/`: letters of any language, digits and dashes. */
const IsShortcut = (): PropertyDecorator => Matches(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,39}$/u, { message: 'must be a word like saludo or envio-2' });

/**
 * A text that agents send again and again. `{{customer.name}}`, `{{customer.<attribute's key>}}` and `{{agent.name}}` in
 * it stand for the values at hand when it is used; whoever uses it fills them in.
 */
export class QuickReplyView {
  @IsId() id: string;
  @IsShortcut() shortcut: string;
  @IsMessageText() text: string;
  @IsBoolean() archived: boolean;
}

export class CreateQuickReply {
  @IsCommandId() commandId: string;
  /** Unique in the workspace regardless of case, accents and what is not seen. */
  @IsShortcut() shortcut: string;
  @IsMessageText() text: string;
}

export class UpdateQuickReply {
  @IsId() quickReplyId: string;
  @IsCommandId() commandId: string;
  @Optional() @IsShortcut() shortcut?: string;
  @Optional() @IsMessageText() text?: string;
  @Optional() @IsBoolean() archived?: boolean;
}

export class ListQuickReplies extends PageRequest {}

export class QuickReplyList {
  @IsNestedList(() => QuickReplyView) items: QuickReplyView[];
  @Nullable() @IsString() nextCursor: string | null;
}

const byAdmins = { callers: ['agent', 'system'], roles: ['admin'] } as const;

export const createQuickReply = rpc('rpc.conversations.create-quick-reply.v1', CreateQuickReply, QuickReplyView, byAdmins);
export const updateQuickReply = rpc('rpc.conversations.update-quick-reply.v1', UpdateQuickReply, QuickReplyView, byAdmins);
export const listQuickReplies = rpc('rpc.conversations.list-quick-replies.v1', ListQuickReplies, QuickReplyList, { callers: ['agent', 'system'] });
