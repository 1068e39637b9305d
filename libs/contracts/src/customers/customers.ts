import { Matches } from 'class-validator';
import { event } from '../event.js';
import { IsBoolean, IsCommandId, IsId, IsName, IsNestedList, IsObject, IsOneOf, IsSeq, IsString, Length, Nullable, Optional } from '../fields.js';
import { PageRequest } from '../paging.js';
import { rpc } from '../rpc.js';
import { CustomerSummary } from '../conversations/conversation.js';

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
  @Nullable() @IsId() affinityAgentId: string | null;
  @IsBoolean() blocked: boolean;
}

/** Finds the customer behind an identity, or makes one. */
export class IdentifyCustomer {
  @IsId() channelId: string;
  @IsString() @Length(1, 256) externalId: string;
  @Optional() @IsName() name?: string;
  /** Collected by whoever sends it; kept with their provenance. Values are text of at most 1,000 characters. */
  @Optional() @IsObject() attributes?: Record<string, string>;
}

export class GetCustomer {
  @IsId() customerId: string;
}

export const attributeTypes = ['text', 'number', 'date', 'boolean', 'list', 'email', 'phone'] as const;
export type AttributeType = (typeof attributeTypes)[number];

export class AttributeDefinition {
  @Matches(/^[a-z][a-z0-9_]{0,39}$/, { message: 'must be a key like first_order' }) key: string;
  @IsName(80) label: string;
  @IsOneOf(attributeTypes) type: AttributeType;
  @IsBoolean() required: boolean;
  @IsBoolean() readOnly: boolean;
}

export class DefineAttribute {
  @IsCommandId() commandId: string;
  @Matches(/^[a-z][a-z0-9_]{0,39}$/, { message: 'must be a key like first_order' }) key: string;
  @IsName(80) label: string;
  @IsOneOf(attributeTypes) type: AttributeType;
  @Optional() @IsBoolean() required?: boolean;
  @Optional() @IsBoolean() readOnly?: boolean;
}

export class ListAttributes extends PageRequest {}

export class AttributeList {
  @IsNestedList(() => AttributeDefinition) items: AttributeDefinition[];
  @Nullable() @IsString() nextCursor: string | null;
}

export const identifyCustomer = rpc('rpc.customers.public-identify.v1', IdentifyCustomer, CustomerSummary, { callers: ['channel'] });
export const getCustomer = rpc('rpc.customers.get.v1', GetCustomer, CustomerView, { callers: ['agent'] });
/** The same for services. */
export const readCustomer = rpc('rpc.customers.read.v1', GetCustomer, CustomerView, { callers: ['system'] });
export const defineAttribute = rpc('rpc.customers.define-attribute.v1', DefineAttribute, AttributeDefinition, {
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

/** An attribute was defined. Subject's fact: `attribute-defined`. */
export interface AttributeEvent {
  noun: 'attribute';
  workspaceId: string;
  attribute: AttributeDefinition;
}

type CustomersFacts = Record<`customer-${string}`, CustomerEvent> & Record<`attribute-${string}`, AttributeEvent>;

export const customersEvents = event<CustomerEvent | AttributeEvent, CustomersFacts>('customers', 'internal');
