import { randomUUID } from 'node:crypto';
import {
  addNote,
  AppError,
  claimConversation,
  closeConversation,
  closeInactive,
  type CloseInactiveReport,
  handOverConversation,
  markConversationRead,
  markConversationUnread,
  openConversation,
  releaseConversation,
  sendMessage,
  setStatus,
  tagConversation,
  transferConversation,
  undoConversation,
  untagConversation,
  updateAgent,
} from '@relevo/contracts';
import { systemCaller } from '@relevo/messaging';
import { type ApiClient, postInbound } from '@relevo/testing';
import { persist } from '../support/returning-agent.js';
import type { Act, ActOfAgent } from './acts.js';
import { customers, type Name, robot, type Team, teams } from './cast.js';
import type { Stage } from './stage.js';
import type { Outcome } from './world.js';

/** Long, for machines that do other things too. */
const answerWithinMs = 60_000;

/** What the scheduler asks. */
export const closeWhatIsDue = ({ system }: Stage): Promise<CloseInactiveReport> => system.bus.request(closeInactive, {}, systemCaller('test'), answerWithinMs);

/** The scheduler's acts have no id under which they could be repeated. */
const isRepeatable = ({ do: what }: Act): boolean => what !== 'wait' && what !== 'close-inactive';

/** Does it at a replica of the gateway; twice under one id is a repeat, also of what a busy machine did not answer in time. */
export async function perform(stage: Stage, act: Act, replica: number, commandId: string): Promise<Outcome> {
  const once = (): Promise<unknown> => ask(stage, act, replica, commandId);
  try {
    return { answer: await (isRepeatable(act) ? persist(once) : once()) };
  } catch (error) {
    if (error instanceof AppError) return { refused: error.code, details: error.details };
    throw error;
  }
}

const plainly = { claim: claimConversation, release: releaseConversation, unread: markConversationUnread, close: closeConversation, undo: undoConversation } as const;

function ask(stage: Stage, act: Act, replica: number, commandId: string): Promise<unknown> {
  const { ids, system, clients } = stage;
  const root = clients.root[replica]!;
  if ('who' in act && 'conversationId' in act) return inConversation(stage, clients[act.who][replica]!, act, commandId);
  switch (act.do) {
    case 'write': {
      const message = { from: act.customer, name: act.customer, text: act.text, externalMessageId: commandId };
      return postInbound(root.gatewayUrl, stage.channels[customers[act.customer]], message);
    }
    case 'open':
      return clients[act.who][replica]!.call(openConversation, { commandId, customerId: ids.customers.get(act.customer)!, channelId: ids.channels[customers[act.customer]], text: act.text });
    case 'hand-over': {
      const caller = { actor: { ...robot, workspaceId: stage.workspaceId }, correlationId: randomUUID() };
      return system.bus.request(handOverConversation, { commandId, conversationId: act.conversationId, teamId: act.team && ids.teams[act.team] }, caller, answerWithinMs);
    }
    case 'move':
      return root.call(updateAgent, { commandId, agentId: ids.agents[act.who], teamIds: act.teams.map((team) => ids.teams[team]) });
    case 'appoint':
      return root.call(updateAgent, { commandId, agentId: ids.agents[act.who], role: act.role });
    case 'status':
      return clients[act.who][replica]!.call(setStatus, { commandId, status: act.status });
    case 'close-inactive':
      return closeWhatIsDue(stage);
    case 'wait':
      stage.control.advance(act.ms);
      return Promise.resolve(undefined);
  }
}

function inConversation({ ids }: Stage, client: ApiClient, act: ActOfAgent, commandId: string): Promise<unknown> {
  const command = { commandId, conversationId: act.conversationId };
  switch (act.do) {
    case 'send':
      return client.call(sendMessage, { ...command, text: act.text, ...(act.seenSeq !== null && { seenSeq: act.seenSeq }) });
    case 'note':
      return client.call(addNote, { ...command, text: act.text, ...(act.mention && { mentions: [ids.agents[act.mention]] }) });
    case 'read':
      return client.call(markConversationRead, { ...command, upToSeq: act.upToSeq });
    case 'transfer': {
      const { to, note, force } = act;
      const target = isTeam(to) ? { teamId: ids.teams[to] } : { agentId: to === 'nobody' ? ids.teams.unknown : ids.agents[to] };
      return client.call(transferConversation, { ...command, ...target, force, ...(note !== null && { note }) });
    }
    case 'tag':
      return client.call(tagConversation, { ...command, tagId: ids.tags[act.tag] });
    case 'untag':
      return client.call(untagConversation, { ...command, tagId: ids.tags[act.tag] });
    case 'claim':
    case 'release':
    case 'unread':
    case 'close':
    case 'undo':
      return client.call(plainly[act.do], command);
  }
}

const isTeam = (to: Name | Team | 'unknown' | 'nobody'): to is Team | 'unknown' => to === 'unknown' || (teams as readonly string[]).includes(to);
