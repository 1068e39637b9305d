import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** One sign-in of an agent, from login to logout, however often its tokens were renewed. */
@Schema({ collection: 'sessions', versionKey: false })
export class SessionRecord {
  /** Unguessable: part of each refresh token, and `sid` in access tokens. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) agentId: string;
  @Prop({ type: String, required: true }) workspaceId: string;
  /** Of the agent's credentials under which it goes on: those it began with, and while its own agent changes their password, the next. */
  @Prop({ type: [String], required: true }) credentialIds: string[];
  /** What the client said it is; for the eyes of its own agent. */
  @Prop({ type: String, default: null }) userAgent: string | null;
  /** Where from it signed in. */
  @Prop({ type: String, required: true }) address: string;
  /** SHA-256 of the refresh token that is good now. */
  @Prop({ type: String, required: true }) tokenHash: string;
  /** Of those that repeats of the one before were answered with: as good, until the first of all these is used. */
  @Prop({ type: [String], default: [] }) repeatHashes: string[];
  /** Of the one before, whose answer may have been lost. */
  @Prop({ type: String, default: null }) previousHash: string | null;
  /** Of the `commandId` that it was used with; null: with none, and never again. */
  @Prop({ type: String, default: null }) repeatKeyHash: string | null;
  /** Until then a repeat of the one before, with that `commandId`, is no reuse. */
  @Prop({ type: Date, default: null }) repeatableUntil: Date | null;
  @Prop({ type: Date, required: true }) createdAt: Date;
  @Prop({ type: Date, required: true }) refreshedAt: Date;
  @Prop({ type: Date, required: true }) expiresAt: Date;
  @Prop({ type: Date, default: null }) revokedAt: Date | null;
}

export const SessionSchema = SchemaFactory.createForClass(SessionRecord);

/** An agent's own list. */
SessionSchema.index({ agentId: 1, createdAt: -1 });

/** Those that ended lately, for replicas that did not hear of it. */
SessionSchema.index({ revokedAt: 1 });

/** Forgets a session once its last refresh token is worth nothing; no access token outlives that by more than its life. */
SessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 24 * 60 * 60 });
