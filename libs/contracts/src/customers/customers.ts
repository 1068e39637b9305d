import { Matches } from 'class-validator';
import { EntryActor } from '../author.js';
import { event } from '../event.js';
import {
  IsBoolean,
  IsCommandId,
  IsCount,
  IsDefined,
  IsId,
  IsIds,
  IsLimit,
  IsName,
  IsNested,
  IsNestedList,
  IsObject,
  IsOneOf,
  IsSeq,
  IsString,
  IsTexts,
  IsTime,
  Length,
  Nullable,
  Optional,
} from '../fields.js';
import { PageRequest } from '../paging.js';
import { rpc } from '../rpc.js';
import { FoundCustomer } from '../conversations/conversation.js';
import { searchLimits } from '../conversations/queries.js';

const attributeKey = /^[a-z][a-z0-9_]{0,39}$/;

const IsKey = (): PropertyDecorator => Matches(attributeKey, { message: 'must be a key like first_order' });

const IsKeys = (): PropertyDecorator => IsTexts(attributeKey, { max: 50, message: 'must be at most 50 keys like first_order' });

const IsOptions = (): PropertyDecorator => IsTexts(/^(?=.*\S).{1,80}$/u, { max: 100, message: 'must be at most 100 lines of 1 to 80 characters' });

export const attributeSources = ['bot', 'agent', 'api', 'customer'] as const;
export type AttributeSource = (typeof attributeSources)[number];

/** An attribute's value, with where it came from. */
export interface AttributeView {
  value: unknown;
  source: AttributeSource;
  /** Who: an agent's, bot's or channel's id. */
  by: string;
  at: string;
}

/** How a channel names the customer. */
export class Identity {
  @IsId() channelId: string;
  @IsString() @Length(1, 256) externalId: string;
}

export class CustomerView {
  @IsId() id: string;
  @IsString() name: string;
  @IsNestedList(() => Identity) identities: Identity[];
  @IsObject() attributes: Record<string, AttributeView>;
  @IsSeq() version: number;
  /** The agent they belong to. */
  @Nullable() @IsId() affinityAgentId: string | null;
  /** Blocked customers reach nobody. */
  @IsBoolean() blocked: boolean;
  /** The customer they turned out to be; there alone they live on. */
  @Optional() @IsId() mergedIntoId?: string;
}

/** Finds the customer behind an identity, or makes one. */
export class IdentifyCustomer {
  @IsId() channelId: string;
  @IsString() @Length(1, 256) externalId: string;
  @Optional() @IsName() name?: string;
  /** Collected by whoever sends it; kept with their provenance. Values are text of at most 1,000 characters. */
  @Optional() @IsObject() attributes?: Record<string, string>;
}

/** Whether whoever a channel knows by this name reaches anybody: `RULE_VIOLATED` as for their messages when not. Nobody is made of it. */
export class CheckSender {
  @IsId() channelId: string;
  @IsString() @Length(1, 256) externalId: string;
}

/** They do. */
export class WelcomeSender {}

/** Customers of the workspace, newest first; merged ones as who they are now. */
export class ListCustomers extends PageRequest {
  /**
   * Only those found by it, regardless of accents and case: by how words of their name begin, their email or how its
   * parts begin, a phone's last digits (six or more), or words of what a channel calls them. All words must be found.
   */
  @Optional() @IsName(searchLimits.length) q?: string;
}

export class CustomerPage {
  @IsNestedList(() => CustomerView, 100) items: CustomerView[];
  @Nullable() @IsString() nextCursor: string | null;
}

/** Who is found by a text, for whoever looks for their conversations: the newest 20. */
export class SearchCustomers {
  @IsName(searchLimits.length) q: string;
}

/** What of a customer a text was found in. */
export class CustomerFoundBy {
  @IsId() customerId: string;
  /** `name`, `attributes.<key>` or `identities`. */
  @IsString() field: string;
  @IsString() text: string;
}

/** With the ids of those who were merged into them. */
export class CustomersFound {
  @IsIds(20) customerIds: string[];
  /** Of each of them. */
  @Optional() @IsNestedList(() => CustomerFoundBy, 20) foundBy?: CustomerFoundBy[];
}

export class GetCustomer {
  @IsId() customerId: string;
}

/** What every agent's command on a customer carries. */
export class CustomerCommand {
  @IsId() customerId: string;
  @IsCommandId() commandId: string;
}

/**
 * Corrects and adds what is known of a customer, field by field. `version` is that of the customer the agent saw: fields
 * that changed since are `CONFLICT`, with both values in `details.fields`; others merge.
 */
export class UpdateCustomer extends CustomerCommand {
  /** By key: text, a number or a yes or no, as the attribute's definition says; text where there is none. */
  @Optional() @IsObject() set?: Record<string, AttributeValue>;
  @Optional() @IsKeys() unset?: string[];
  @Optional() @IsName() name?: string;
  @IsSeq() version: number;
}

export type AttributeValue = string | number | boolean;

/** One field of `CONFLICT`'s `details.fields`; null: the field is not there. */
export interface FieldConflict {
  /** `name` or `attributes.<key>`. */
  field: string;
  yours: AttributeValue | null;
  theirs: AttributeValue | null;
}

/** Takes back the changes of one entry of the history; `CONFLICT` where a field changed again since. */
export class RevertCustomer extends CustomerCommand {
  @IsSeq() seq: number;
}

/** Two customers who are one person: the first goes on as the second. */
export class MergeCustomer extends CustomerCommand {
  @IsId() intoId: string;
}

export class BlockCustomer extends CustomerCommand {}
export class UnblockCustomer extends CustomerCommand {}

/** Makes them the agent's; only an admin names another. */
export class TakeCustomer extends CustomerCommand {
  @Optional() @IsId() agentId?: string;
}

export class DropCustomer extends CustomerCommand {}

export class GetCustomerHistory extends PageRequest {
  @IsId() customerId: string;
}

export class CustomerFieldChange {
  /** `name`, `attributes.<key>`, `affinityAgentId`, `blocked` or `identities`. */
  @IsString() field: string;
  /** Null: it was not there. */
  @Nullable() @IsDefined() from: unknown;
  @Nullable() @IsDefined() to: unknown;
}

/** One thing that happened to a customer, with what it changed. */
export class CustomerHistoryEntry {
  @IsSeq() seq: number;
  @IsString() type: string;
  @IsTime() at: string;
  @IsNested(() => EntryActor) actor: EntryActor;
  @IsNestedList(() => CustomerFieldChange) changes: CustomerFieldChange[];
}

/** Newest first. */
export class CustomerHistory {
  @IsNestedList(() => CustomerHistoryEntry, 100) items: CustomerHistoryEntry[];
  @Nullable() @IsString() nextCursor: string | null;
}

export const attributeTypes = ['text', 'number', 'date', 'boolean', 'list', 'email', 'phone'] as const;
export type AttributeType = (typeof attributeTypes)[number];

export class AttributeDefinition {
  @IsKey() key: string;
  @IsName(80) label: string;
  @IsOneOf(attributeTypes) type: AttributeType;
  @IsBoolean() required: boolean;
  /** Agents see it, and do not change it. */
  @IsBoolean() readOnly: boolean;
  /** What a `list` may be; empty for other types. */
  @IsOptions() options: string[];
}

export class DefineAttribute {
  @IsCommandId() commandId: string;
  @IsKey() key: string;
  @IsName(80) label: string;
  @IsOneOf(attributeTypes) type: AttributeType;
  @Optional() @IsBoolean() required?: boolean;
  @Optional() @IsBoolean() readOnly?: boolean;
  /** Of a `list`, and then needed. */
  @Optional() @IsOptions() options?: string[];
}

/** Key and type stay: values are kept under the one, and were checked by the other. */
export class UpdateAttribute {
  @IsKey() key: string;
  @IsCommandId() commandId: string;
  @Optional() @IsName(80) label?: string;
  @Optional() @IsBoolean() required?: boolean;
  @Optional() @IsBoolean() readOnly?: boolean;
  @Optional() @IsOptions() options?: string[];
}

export class ListAttributes extends PageRequest {}

export class AttributeList {
  @IsNestedList(() => AttributeDefinition) items: AttributeDefinition[];
  @Nullable() @IsString() nextCursor: string | null;
}

export const identifyCustomer = rpc('rpc.customers.public-identify.v1', IdentifyCustomer, FoundCustomer, { callers: ['channel'] });
export const checkSender = rpc('rpc.customers.public-check-sender.v1', CheckSender, WelcomeSender, { callers: ['channel'] });
const byAgents = { callers: ['agent'] } as const;
const bySupervisors = { callers: ['agent'], roles: ['supervisor', 'admin'] } as const;

export const updateCustomer = rpc('rpc.customers.update.v1', UpdateCustomer, CustomerView, byAgents);
export const revertCustomer = rpc('rpc.customers.revert.v1', RevertCustomer, CustomerView, byAgents);
export const mergeCustomer = rpc('rpc.customers.merge.v1', MergeCustomer, CustomerView, byAgents);
export const blockCustomer = rpc('rpc.customers.block.v1', BlockCustomer, CustomerView, bySupervisors);
export const unblockCustomer = rpc('rpc.customers.unblock.v1', UnblockCustomer, CustomerView, bySupervisors);
export const takeCustomer = rpc('rpc.customers.take.v1', TakeCustomer, CustomerView, byAgents);
export const dropCustomer = rpc('rpc.customers.drop.v1', DropCustomer, CustomerView, byAgents);
export const getCustomerHistory = rpc('rpc.customers.history.v1', GetCustomerHistory, CustomerHistory, byAgents);

/** Finishes or gives up merges that a crash left half done. */
export class ResumeMerges {
  @IsLimit() limit?: number;
}

export class ResumeMergesReport {
  @IsCount() resumed: number;
}

export const resumeMerges = rpc('rpc.customers.resume-merges.v1', ResumeMerges, ResumeMergesReport, { callers: ['system'] });

export const getCustomer = rpc('rpc.customers.get.v1', GetCustomer, CustomerView, { callers: ['agent'] });
export const listCustomers = rpc('rpc.customers.list.v1', ListCustomers, CustomerPage, byAgents);
export const searchCustomers = rpc('rpc.customers.search.v1', SearchCustomers, CustomersFound, { callers: ['system'] });
/** The same for services. */
export const readCustomer = rpc('rpc.customers.read.v1', GetCustomer, CustomerView, { callers: ['system'] });
export const defineAttribute = rpc('rpc.customers.define-attribute.v1', DefineAttribute, AttributeDefinition, {
  callers: ['agent', 'system'],
  roles: ['admin'],
});
export const updateAttribute = rpc('rpc.customers.update-attribute.v1', UpdateAttribute, AttributeDefinition, {
  callers: ['agent', 'system'],
  roles: ['admin'],
});
export const listAttributes = rpc('rpc.customers.list-attributes.v1', ListAttributes, AttributeList, { callers: ['agent', 'system'] });

/** A customer was created or changed. Subject's fact: `customer-created`, ... */
export interface CustomerEvent {
  noun: 'customer';
  workspaceId: string;
  customer: CustomerView;
}

/** An attribute was defined or changed. Subject's fact: `attribute-defined`, ... */
export interface AttributeEvent {
  noun: 'attribute';
  workspaceId: string;
  attribute: AttributeDefinition;
}

type CustomersFacts = Record<`customer-${string}`, CustomerEvent> & Record<`attribute-${string}`, AttributeEvent>;

export const customersEvents = event<CustomerEvent | AttributeEvent, CustomersFacts>('customers', 'internal');
