import { type DynamicModule, Module } from '@nestjs/common';
import { durableEvents, MessagingModule, requestsOf } from '@relevo/messaging';
import { type Composition, DatabaseModule, PlatformModule, readConfig, ServiceConfig } from '@relevo/platform';
import { ClaimConversationHandler } from './assignment/claim-conversation.handler.js';
import { HandOverConversationHandler } from './assignment/hand-over-conversation.handler.js';
import { ListHeldHandler } from './assignment/list-held.handler.js';
import { ReleaseConversationHandler } from './assignment/release-conversation.handler.js';
import { AttachmentPlaces } from './attachments/attachment-places.js';
import { CheckOwnAttachmentHandler } from './attachments/check-own-attachment.handler.js';
import { FindAttachmentsHandler } from './attachments/find-attachments.handler.js';
import { CloseConversationHandler } from './closing/close-conversation.handler.js';
import { CloseInactiveHandler } from './closing/close-inactive.handler.js';
import { AgentCommands } from './conversation/agent-commands.js';
import { ConversationJournal } from './conversation/conversation.journal.js';
import { ConversationViews } from './conversation/conversation-views.js';
import { GetConversationHandler } from './conversation/get-conversation.handler.js';
import { NumberSequence } from './conversation/number-sequence.js';
import { VerifyProjectionsHandler } from './conversation/verify-projections.handler.js';
import { CountConversationsHandler } from './counts/count-conversations.handler.js';
import { GetCountsHandler } from './counts/get-counts.handler.js';
import { TrayCounter } from './counts/tray-counter.js';
import { CustomerChanges } from './customers/customer-changes.js';
import { FollowCustomerHandler } from './customers/follow-customer.handler.js';
import { ConversationLists } from './lists/conversation-lists.js';
import { ListConversationsHandler } from './lists/list-conversations.handler.js';
import { ListCustomerConversationsHandler } from './lists/list-customer-conversations.handler.js';
import { OpenConversationHandler } from './opening/open-conversation.handler.js';
import { Successions } from './opening/successions.js';
import { ReceiveMessageHandler } from './messages/receive-message.handler.js';
import { RecordDeliveryHandler } from './messages/record-delivery.handler.js';
import { VoicePolicy } from './messages/voice-policy.js';
import { SendMessageHandler } from './messages/send-message.handler.js';
import { AddNoteHandler } from './notes/add-note.handler.js';
import { GetPolicyHandler } from './policy/get-policy.handler.js';
import { Policies } from './policy/policies.js';
import { VoiceNotices } from './policy/voice-notices.js';
import { PolicyJournal } from './policy/policy.journal.js';
import { UpdatePolicyHandler } from './policy/update-policy.handler.js';
import { CreateQuickReplyHandler } from './quick-replies/create-quick-reply.handler.js';
import { ListQuickRepliesHandler } from './quick-replies/list-quick-replies.handler.js';
import { QuickReplyCatalogueJournal } from './quick-replies/quick-reply-catalogue.journal.js';
import { UpdateQuickReplyHandler } from './quick-replies/update-quick-reply.handler.js';
import { MarkConversationReadHandler } from './reading/mark-conversation-read.handler.js';
import { MarkConversationUnreadHandler } from './reading/mark-conversation-unread.handler.js';
import { ConversationSearch } from './search/conversation-search.js';
import { ConversationWords } from './search/conversation-words.js';
import { Reasons } from './search/reasons.js';
import { CreateTagHandler } from './tags/create-tag.handler.js';
import { ListTagsHandler } from './tags/list-tags.handler.js';
import { TagConversationHandler } from './tags/tag-conversation.handler.js';
import { UpdateTagHandler } from './tags/update-tag.handler.js';
import { UntagConversationHandler } from './tags/untag-conversation.handler.js';
import { TagCatalogueJournal } from './tags/tag-catalogue.journal.js';
import { GetActiveConversationHandler } from './public/get-active-conversation.handler.js';
import { GetPublicHistoryHandler } from './public/get-public-history.handler.js';
import { PublicHistory } from './public/public-history.js';
import { GetTimelineHandler } from './timeline/get-timeline.handler.js';
import { CheckTeamUseHandler } from './transfer/check-team-use.handler.js';
import { TransferConversationHandler } from './transfer/transfer-conversation.handler.js';
import { TransferTargets } from './transfer/transfer-targets.js';
import { AgentTypingHandler } from './typing/agent-typing.handler.js';
import { TypingNotices } from './typing/typing-notices.js';
import { VisitorTypingHandler } from './typing/visitor-typing.handler.js';
import { UndoConversationHandler } from './undo/undo-conversation.handler.js';

export const service = 'conversations';

@Module({})
export class AppModule {
  static with(config: ServiceConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.forService(service, config), DatabaseModule.forService(service, config), MessagingModule.forService(service, config)],
      providers: [PolicyJournal, Policies, QuickReplyCatalogueJournal, NumberSequence, ConversationWords, ConversationJournal, ConversationViews, PublicHistory,
        TypingNotices, VoiceNotices, AgentCommands, CustomerChanges, VoicePolicy, AttachmentPlaces, Successions, ConversationLists, Reasons, ConversationSearch, TrayCounter, TransferTargets, TagCatalogueJournal],
      controllers: [
        ReceiveMessageHandler,
        SendMessageHandler,
        RecordDeliveryHandler,
        AddNoteHandler,
        ClaimConversationHandler,
        ListHeldHandler,
        ReleaseConversationHandler,
        TransferConversationHandler,
        CheckTeamUseHandler,
        UndoConversationHandler,
        OpenConversationHandler,
        HandOverConversationHandler,
        MarkConversationReadHandler,
        MarkConversationUnreadHandler,
        CloseConversationHandler,
        CloseInactiveHandler,
        GetConversationHandler,
        GetTimelineHandler,
        GetActiveConversationHandler,
        GetPublicHistoryHandler,
        FindAttachmentsHandler,
        CheckOwnAttachmentHandler,
        AgentTypingHandler,
        VisitorTypingHandler,
        ListConversationsHandler,
        GetCountsHandler,
        CountConversationsHandler,
        ListCustomerConversationsHandler,
        TagConversationHandler,
        UntagConversationHandler,
        CreateTagHandler,
        UpdateTagHandler,
        ListTagsHandler,
        CreateQuickReplyHandler,
        UpdateQuickReplyHandler,
        ListQuickRepliesHandler,
        GetPolicyHandler,
        UpdatePolicyHandler,
        FollowCustomerHandler,
        VerifyProjectionsHandler,
      ],
    };
  }
}

/** A replica of it, as `env` (the process's own unless given) sets it up. */
export function compose(env?: NodeJS.ProcessEnv): Composition {
  const config = readConfig(ServiceConfig, env);
  return { module: AppModule.with(config), config, microservices: [requestsOf(service, config), durableEvents({ service, config, visibility: 'internal' })] };
}
