import { Injectable } from '@nestjs/common';
import { AppError, type AttachmentView, getChannel } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { Policies } from '../policy/policies.js';

const disabled = (): AppError => new AppError('VOICE_DISABLED', 'Voice messages are not enabled.');

/** Whether voice messages may be sent (product rule "Sending"): the workspace decides, and a channel may do without. */
@Injectable()
export class VoicePolicy {
  constructor(
    private readonly policies: Policies,
    private readonly bus: MessageBus,
  ) {}

  /** Why these attachments cannot be sent on a channel; asked anew each time, since voice messages are few. */
  async refusal(attachments: readonly AttachmentView[], { workspaceId, channelId }: { workspaceId: string; channelId: string }): Promise<AppError | undefined> {
    if (!attachments.some(({ voice }) => voice)) return undefined;
    if (!(await this.policies.allowsVoice(workspaceId))) return disabled();
    const channel = await this.bus.request(getChannel, { channelId }, systemCaller('conversations', workspaceId));
    return channel.voice === false ? disabled() : undefined;
  }
}
