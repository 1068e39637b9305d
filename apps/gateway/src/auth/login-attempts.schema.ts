import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Attempt } from './login-attempts.js';

/** The attempts of the last minute at one email from one address; gone after a success. */
@Schema({ collection: 'login_attempts', versionKey: false })
export class LoginAttemptsRecord {
  /** A digest of email and address: of fixed length, whatever was given for an email. */
  @Prop({ type: String, required: true }) _id: string;
  /** As many as may fail, at most. */
  @Prop({ type: [{ _id: false, id: String, at: Date, failed: Boolean }], required: true }) attempts: Attempt[];
  @Prop({ type: Date, required: true }) expiresAt: Date;
}

export const LoginAttemptsSchema = SchemaFactory.createForClass(LoginAttemptsRecord);

/** Whoever makes emails up leaves nothing behind for longer than the window. */
LoginAttemptsSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
