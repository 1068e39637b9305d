import { type ActorKind, allRpcs, type Role } from '@relevo/contracts';

export type Asker = Role | Exclude<ActorKind, 'agent'>;

export const agents: readonly Asker[] = ['agent', 'supervisor', 'admin'];
const agentsAndSystem: readonly Asker[] = [...agents, 'system'];
const supervisors: readonly Asker[] = ['supervisor', 'admin'];
const admins: readonly Asker[] = ['admin', 'system'];
const [channel, bot, system]: readonly (readonly Asker[])[] = [['channel'], ['bot'], ['system']];

/** What somebody of another workspace is answered: an error's code, or what is their own; `all`: the installation's. */
type Abroad = 'NOT_FOUND' | 'FORBIDDEN' | 'own' | 'all';

/** Who may ask what over NATS, and how far they see; a request without its line fails the test. */
export const askers: Readonly<Record<string, readonly [who: readonly Asker[] | undefined, abroad: Abroad]>> = {
  'rpc.routing.create-workspace.v1': [system, 'all'],
  'rpc.routing.create-team.v1': [admins, 'own'],
  'rpc.routing.update-team.v1': [admins, 'NOT_FOUND'],
  'rpc.routing.create-agent.v1': [admins, 'own'],
  'rpc.routing.update-agent.v1': [admins, 'NOT_FOUND'],
  'rpc.routing.list-agents.v1': [agentsAndSystem, 'own'],
  'rpc.routing.list-teams.v1': [agentsAndSystem, 'own'],
  'rpc.routing.verify-password.v1': [system, 'all'],
  'rpc.routing.change-password.v1': [system, 'NOT_FOUND'],
  'rpc.routing.reset-password.v1': [admins, 'NOT_FOUND'],
  'rpc.routing.find-agent.v1': [system, 'NOT_FOUND'],
  'rpc.routing.get-agent.v1': [system, 'NOT_FOUND'],
  'rpc.routing.get-team.v1': [system, 'NOT_FOUND'],
  'rpc.routing.public-check-team.v1': [system, 'own'],
  'rpc.conversations.public-active.v1': [channel, 'FORBIDDEN'],
  'rpc.conversations.public-history.v1': [channel, 'FORBIDDEN'],
  'rpc.conversations.public-typing.v1': [channel, 'FORBIDDEN'],
  'rpc.conversations.start-typing.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.stop-typing.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.claim.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.release.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.close.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.read.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.unread.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.send-message.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.add-note.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.transfer.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.undo.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.tag.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.untag.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.open.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.public-receive-message.v1': [channel, 'FORBIDDEN'],
  'rpc.conversations.public-record-delivery.v1': [channel, 'NOT_FOUND'],
  'rpc.conversations.public-hand-over.v1': [bot, 'NOT_FOUND'],
  'rpc.conversations.list.v1': [agents, 'own'],
  'rpc.conversations.get.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.timeline.v1': [agents, 'NOT_FOUND'],
  'rpc.conversations.close-inactive.v1': [system, 'all'],
  'rpc.conversations.create-tag.v1': [admins, 'own'],
  'rpc.conversations.update-tag.v1': [admins, 'NOT_FOUND'],
  'rpc.conversations.list-tags.v1': [agentsAndSystem, 'own'],
  'rpc.conversations.create-quick-reply.v1': [admins, 'own'],
  'rpc.conversations.update-quick-reply.v1': [admins, 'NOT_FOUND'],
  'rpc.conversations.list-quick-replies.v1': [agentsAndSystem, 'own'],
  'rpc.conversations.get-policy.v1': [agentsAndSystem, 'own'],
  'rpc.conversations.update-policy.v1': [admins, 'own'],
  'rpc.channels.create.v1': [admins, 'own'],
  'rpc.channels.list.v1': [agentsAndSystem, 'own'],
  'rpc.channels.get.v1': [system, 'NOT_FOUND'],
  'rpc.channels.receive-webhook.v1': [system, 'all'],
  'rpc.channels.public-open-visit.v1': [system, 'all'],
  'rpc.channels.public-receive-visitor-message.v1': [channel, 'FORBIDDEN'],
  'rpc.channels.public-check-origin.v1': [system, 'all'],
  'rpc.customers.public-identify.v1': [channel, 'FORBIDDEN'],
  'rpc.customers.get.v1': [agents, 'NOT_FOUND'],
  'rpc.customers.read.v1': [system, 'NOT_FOUND'],
  'rpc.customers.update.v1': [agents, 'NOT_FOUND'],
  'rpc.customers.history.v1': [agents, 'NOT_FOUND'],
  'rpc.customers.revert.v1': [agents, 'NOT_FOUND'],
  'rpc.customers.merge.v1': [agents, 'NOT_FOUND'],
  'rpc.customers.block.v1': [supervisors, 'NOT_FOUND'],
  'rpc.customers.unblock.v1': [supervisors, 'NOT_FOUND'],
  'rpc.customers.take.v1': [agents, 'NOT_FOUND'],
  'rpc.customers.drop.v1': [agents, 'NOT_FOUND'],
  'rpc.customers.resume-merges.v1': [system, 'all'],
  'rpc.customers.define-attribute.v1': [admins, 'own'],
  'rpc.customers.update-attribute.v1': [admins, 'NOT_FOUND'],
  'rpc.customers.list-attributes.v1': [agentsAndSystem, 'own'],
  'rpc.conversations.verify-projections.v1': [system, 'all'],
  'rpc.customers.verify-projections.v1': [system, 'all'],
  'rpc.routing.verify-projections.v1': [system, 'all'],
  'rpc.channels.verify-projections.v1': [system, 'all'],
};

export const requestsWithoutALine = (): string[] => allRpcs().flatMap(({ subject }) => (subject in askers ? [] : [subject]));
