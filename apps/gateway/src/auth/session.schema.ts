import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** One sign-in of an agent, from login to logout, however often its tokens were renewed. */
@Schema({ collection: 'sessions', versionKey: false })
export class SessionRecord {
  /** Unguessable: part of each refresh token, and `sid` in access tokens. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) agentId: string;
  @Prop({ type: String, required: true }) workspaceId: string;
  /** SHA-256 of the one refresh token that is good now. */
  @Prop({ type: String, required: true }) tokenHash: string;
  @Prop({ type: Date, required: true }) createdAt: Date;
  @Prop({ type: Date, required: true }) refreshedAt: Date;
  @Prop({ type: Date, required: true }) expiresAt: Date;
  @Prop({ type: Date, default: null }) revokedAt: Date | null;
}

export const SessionSchema = SchemaFactory.createForClass(SessionRecord);

/** Forgets a session once its last refresh token is worth nothing; no access token outlives that by more than its life. */
SessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 24 * 60 * 60 });
