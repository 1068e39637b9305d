import { createHash, randomBytes } from 'node:crypto';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { AppError } from '@relevo/contracts';
import { Clock, newId } from '@relevo/platform';
import { type Model } from 'mongoose';
import { GatewayConfig } from '../config.js';
import { RecentReads } from './recent-reads.js';
import { Revocations } from './revocations.js';
import { SessionRecord } from './session.schema.js';

export type SessionOwner = Pick<SessionRecord, 'agentId' | 'workspaceId'>;

/** How a session begins. */
export type SessionStart = SessionOwner & Pick<SessionRecord, 'userAgent' | 'address'> & { credentialId: string };

/** What decides whether a session goes on: none when it ended, else the credentials it goes on under. */
export interface Standing {
  readonly credentialIds: readonly string[];
}

/** A refresh token that is brought, and what follows it. */
interface TokenUse {
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly next: string;
  readonly repeatKeyHash: string | null;
}

/** Of the replica that revokes, at once; of others when they hear of it, and in any case after this. */
const standingCacheMs = 5_000;

/** Answers to one refresh token: more than a client that is not answered asks for while it may. */
const maxAnswers = 20;

/** Nobody reads a longer list of their own sign-ins. */
const maxListed = 1_000;

const refused = (): AppError => new AppError('UNAUTHENTICATED', 'The refresh token is not good any more. Sign in again.');

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

const repeatKeyOf = (commandId: string | undefined): string | null => (commandId === undefined ? null : hashOf(commandId));

const newSecret = (): string => randomBytes(32).toString('base64url');

/** A refresh token names its session, so that a used one still leads to what must be revoked. */
function parse(refreshToken: string): { sessionId: string; tokenHash: string } {
  const [sessionId, secret, ...rest] = refreshToken.split('.');
  if (!sessionId || !secret || rest.length > 0) throw refused();
  return { sessionId, tokenHash: hashOf(secret) };
}

@Injectable()
export class Sessions implements OnModuleInit {
  private readonly logger = new Logger(Sessions.name);
  private readonly lifetimeMs: number;
  private readonly graceMs: number;
  private readonly recent = new RecentReads<Standing>(standingCacheMs, 50_000);

  constructor(
    @InjectModel(SessionRecord.name) private readonly model: Model<SessionRecord>,
    private readonly clock: Clock,
    private readonly revocations: Revocations,
    config: GatewayConfig,
  ) {
    this.lifetimeMs = config.REFRESH_TOKEN_SECONDS * 1000;
    this.graceMs = config.REFRESH_GRACE_SECONDS * 1000;
  }

  async onModuleInit(): Promise<void> {
    await this.model.createCollection();
    await this.model.createIndexes();
    this.revocations.onRevoked((sessionId) => this.recent.forget(sessionId));
    this.revocations.onMissed(() => this.recent.clear());
  }

  async open({ credentialId, ...start }: SessionStart): Promise<{ sessionId: string; refreshToken: string }> {
    const sessionId = newId();
    const secret = newSecret();
    const times = { createdAt: this.clock.now(), ...this.renewal(), revokedAt: null };
    await this.model.create({ _id: sessionId, ...start, credentialIds: [credentialId], tokenHash: hashOf(secret), ...times });
    return { sessionId, refreshToken: `${sessionId}.${secret}` };
  }

  /** The session a refresh token is good for. One that was and is no more means that somebody has a copy: it ends the session. */
  async ofRefreshToken(refreshToken: string, commandId?: string): Promise<{ sessionId: string } & SessionOwner & Standing> {
    const { sessionId, tokenHash } = parse(refreshToken);
    const session = await this.model.findOne({ _id: sessionId, revokedAt: null, expiresAt: { $gt: this.clock.now() } }).lean();
    if (!session) throw refused();
    if (!this.isGood(session, tokenHash, repeatKeyOf(commandId))) await this.refuseReuse(sessionId);
    const { agentId, workspaceId, credentialIds = [] } = session;
    return { sessionId, agentId, workspaceId, credentialIds };
  }

  /**
   * Swaps a refresh token for the next. Whoever comes again in time with the same one and the same `commandId`, because no
   * answer reached them, gets another next; of all these the first that is used is the one, and any other is reuse then (ADR 9).
   */
  async rotate(refreshToken: string, commandId?: string): Promise<string> {
    const { sessionId, tokenHash } = parse(refreshToken);
    const secret = newSecret();
    const use = { sessionId, tokenHash, next: hashOf(secret), repeatKeyHash: repeatKeyOf(commandId) };
    if (!(await this.succeed(use)) && !(await this.repeat(use))) await this.refuseReuse(sessionId);
    return `${sessionId}.${secret}`;
  }

  async revoke(sessionId: string): Promise<void> {
    await this.model.updateOne({ _id: sessionId, revokedAt: null }, { $set: { revokedAt: this.clock.now() } });
    this.recent.forget(sessionId);
    this.revocations.announce(sessionId);
  }

  /** At most 5 s old. */
  standing(sessionId: string): Promise<Standing> {
    return this.recent.get(sessionId, async () => {
      const session = await this.model.findOne({ _id: sessionId, revokedAt: null }, { credentialIds: 1 }).lean();
      return { credentialIds: session?.credentialIds ?? [] };
    });
  }

  /** Read after this call began. */
  freshStanding(sessionId: string): Promise<Standing> {
    this.recent.forget(sessionId);
    return this.standing(sessionId);
  }

  /** Lets a session go on under credentials that are about to come; before they do, so that it is at no moment over. */
  async expect(sessionId: string, next: string): Promise<void> {
    await this.model.updateOne({ _id: sessionId, revokedAt: null }, { $addToSet: { credentialIds: next } });
    this.recent.forget(sessionId);
  }

  /** They will not come. */
  async expectNoMore(sessionId: string, next: string): Promise<void> {
    await this.model.updateOne({ _id: sessionId }, { $pull: { credentialIds: next } });
  }

  /** An agent's sessions that go on under these credentials, newest first. */
  async of(agentId: string, credentialId: string): Promise<SessionRecord[]> {
    const going = { agentId, credentialIds: credentialId, revokedAt: null, expiresAt: { $gt: this.clock.now() } };
    return this.model.find(going).sort({ createdAt: -1, _id: 1 }).limit(maxListed).lean();
  }

  async revokeOthers(agentId: string, except: string): Promise<void> {
    const others = { agentId, revokedAt: null, _id: { $ne: except } };
    const ids = (await this.model.find(others, { _id: 1 }).lean()).map(({ _id }) => _id);
    await this.model.updateMany({ _id: { $in: ids } }, { $set: { revokedAt: this.clock.now() } });
    for (const id of ids) {
      this.recent.forget(id);
      this.revocations.announce(id);
    }
  }

  /** Ids of those that ended since. */
  async endedSince(since: Date): Promise<string[]> {
    return (await this.model.find({ revokedAt: { $gte: since } }, { _id: 1 }).lean()).map(({ _id }) => _id);
  }

  private async succeed({ sessionId, tokenHash, next, repeatKeyHash }: TokenUse): Promise<boolean> {
    const { modifiedCount } = await this.model.updateOne(
      { _id: sessionId, revokedAt: null, $or: [{ tokenHash }, { repeatHashes: tokenHash }] },
      { $set: { tokenHash: next, repeatHashes: [], previousHash: tokenHash, repeatKeyHash, repeatableUntil: new Date(this.clock.now().getTime() + this.graceMs), ...this.renewal() } },
    );
    return modifiedCount > 0;
  }

  private async repeat({ sessionId, tokenHash, next, repeatKeyHash }: TokenUse): Promise<boolean> {
    if (repeatKeyHash === null) return false;
    const { modifiedCount } = await this.model.updateOne(
      { _id: sessionId, revokedAt: null, previousHash: tokenHash, repeatKeyHash, repeatableUntil: { $gt: this.clock.now() }, [`repeatHashes.${maxAnswers - 2}`]: { $exists: false } },
      { $push: { repeatHashes: next } },
    );
    return modifiedCount > 0;
  }

  private isGood({ tokenHash, repeatHashes = [], previousHash, repeatKeyHash, repeatableUntil }: SessionRecord, given: string, givenKeyHash: string | null): boolean {
    const isRepeat = previousHash === given && givenKeyHash !== null && repeatKeyHash === givenKeyHash && repeatableUntil !== null && repeatableUntil > this.clock.now();
    return isRepeat || tokenHash === given || repeatHashes.includes(given);
  }

  private renewal(): Pick<SessionRecord, 'refreshedAt' | 'expiresAt'> {
    const refreshedAt = this.clock.now();
    return { refreshedAt, expiresAt: new Date(refreshedAt.getTime() + this.lifetimeMs) };
  }

  private async refuseReuse(sessionId: string): Promise<never> {
    this.logger.warn({ sessionId }, 'a used refresh token came back: the session is revoked');
    await this.revoke(sessionId);
    throw refused();
  }
}
