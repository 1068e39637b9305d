import { IsId, IsOneOf, IsString } from './fields.js';

export const authorKinds = ['agent', 'customer', 'bot', 'system'] as const;
export type AuthorKind = (typeof authorKinds)[number];

/** Whoever did something, as histories name them. */
export class EntryActor {
  @IsOneOf(authorKinds) kind: AuthorKind;
  @IsId() id: string;
  @IsString() name: string;
}
