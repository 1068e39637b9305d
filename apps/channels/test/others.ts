import { EventEmitter, once } from 'node:events';
import { Controller, type DynamicModule, Module } from '@nestjs/common';
import {
  AppError,
  type Caller,
  type ChannelActor,
  CheckSender,
  checkSender,
  type CustomerSummary,
  type CheckedTeam,
  checkTeam,
  type GetTeam,
  IdentifyCustomer,
  identifyCustomer,
  invalid,
  RecordDelivery,
  recordDelivery,
  type PublicEntry,
  PrepareVoice,
  prepareVoice,
  type PreparedVoice,
  type ReceivedMessage,
  ReceiveMessage,
  receiveMessage,
  type WelcomeSender,
} from '@relevo/contracts';
import { Handles, requestsOf } from '@relevo/messaging';
import { PlatformModule, readConfig, ServiceConfig } from '@relevo/platform';
import { type Compose } from '@relevo/testing';

/** What the services that channels asks were told, and by whom. */
export class Others extends EventEmitter {
  identified: { request: IdentifyCustomer; caller: Caller<ChannelActor> }[] = [];
  checked: { request: CheckSender; caller: Caller<ChannelActor> }[] = [];
  /** Whose messages are refused. */
  blocked: string | null = null;
  messages: { request: ReceiveMessage; caller: Caller<ChannelActor> }[] = [];
  deliveries: { request: RecordDelivery; caller: Caller<ChannelActor> }[] = [];
  /** Voice messages that the gateway cannot get ready at first. */
  unprepared = 0;
  /** Outcomes of deliveries that conversations cannot take at first. */
  unavailable = 0;

  async hasBeenTold(count: number): Promise<void> {
    while (this.deliveries.length < count) await once(this, 'delivery');
  }
}

@Controller()
class Stubs {
  constructor(private readonly others: Others) {}

  @Handles(identifyCustomer)
  identify(request: IdentifyCustomer, caller: Caller<ChannelActor>): Promise<CustomerSummary> {
    this.others.identified.push({ request, caller });
    if (request.attributes && 'Bad' in request.attributes) throw invalid('attributes.Bad', 'must be a key like first_order');
    return Promise.resolve({ id: `customer-of-${request.externalId.replace(/[^a-z0-9]/g, '')}`, name: request.name ?? request.externalId });
  }

  @Handles(checkSender)
  check(request: CheckSender, caller: Caller<ChannelActor>): Promise<WelcomeSender> {
    this.others.checked.push({ request, caller });
    if (request.externalId === this.others.blocked) throw new AppError('RULE_VIOLATED', 'This customer is blocked.');
    return Promise.resolve({});
  }

  @Handles(receiveMessage)
  receive(request: ReceiveMessage, caller: Caller<ChannelActor>): Promise<PublicEntry> {
    this.others.messages.push({ request, caller });
    // A repeat is answered with the first, as conversations does.
    const { externalId, text } = this.others.messages.find(({ request: { externalMessageId } }) => externalMessageId === request.externalMessageId)!.request;
    return Promise.resolve({
      conversationId: `conversation-of-${externalId.replace(/[^a-z0-9]/g, '')}`,
      seq: 2,
      type: 'message',
      visibility: 'public',
      at: '2026-03-01T10:00:00.000Z',
      actor: { kind: 'customer', name: '' },
      data: { text, attachments: [] },
    });
  }

  @Handles(checkTeam)
  team({ teamId }: GetTeam): Promise<CheckedTeam> {
    return Promise.resolve({ exists: teamId === 'ventas' });
  }

  @Handles(prepareVoice)
  prepare({ attachmentIds }: PrepareVoice, { actor }: Caller<ChannelActor>): Promise<PreparedVoice> {
    if (this.others.unprepared > 0) {
      this.others.unprepared -= 1;
      throw new AppError('UNAVAILABLE', 'Not now.');
    }
    return Promise.resolve({ items: attachmentIds.map((id) => ({ id, name: `${actor.id}.ogg`, mediaType: 'audio/ogg', size: 7, voice: { durationMs: 3000, peaks: [] } })) });
  }

  @Handles(recordDelivery)
  record(request: RecordDelivery, caller: Caller<ChannelActor>): Promise<ReceivedMessage> {
    if (this.others.unavailable > 0) {
      this.others.unavailable -= 1;
      throw new AppError('UNAVAILABLE', 'Not now.');
    }
    this.others.deliveries.push({ request, caller });
    this.others.emit('delivery');
    return Promise.resolve({ conversationId: request.conversationId, seq: request.ofSeq + 1 });
  }
}

@Module({})
class OthersModule {}

/** Stands in for customers, conversations, routing and the gateway. */
export const composeOthers =
  (others: Others): Compose =>
  (env) => {
    const config = readConfig(ServiceConfig, env);
    const module: DynamicModule = {
      module: OthersModule,
      imports: [PlatformModule.forService('others', config)],
      providers: [{ provide: Others, useValue: others }],
      controllers: [Stubs],
    };
    return { module, config, microservices: [requestsOf('others', config)] };
  };
