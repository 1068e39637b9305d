import { isIP } from 'node:net';
import { attachmentLimits } from '@relevo/contracts';
import type { Rate } from '@relevo/messaging';
import { ConfigError, IsReach, readConfig, ServiceConfig } from '@relevo/platform';
import { IsBoolean, IsIn, IsInt, IsNumber, IsString, Matches, Max, Min, MinLength } from 'class-validator';
import type { S3Settings } from './files/store/s3-store.js';
import type { UnsentLimit } from './files/unsent-limits.js';

/** Signs tokens on a developer's machine only: whoever reads this file could sign in as anyone. */
export const developmentSecret = 'relevo-development-only-secret-of-no-value';

const day = 24 * 60 * 60;

/** Room for one message with as many files as it takes, each as large as it may be. */
const leastUnsentBytes = attachmentLimits.perMessage * attachmentLimits.bytes;

export class GatewayConfig extends ServiceConfig {
  override PORT = 3000;
  /** Key of the access tokens' HMAC; HS256 wants at least 256 bits. The same on all replicas. */
  @IsString() @MinLength(32) JWT_SECRET = developmentSecret;
  @IsInt() @Min(5) @Max(day) ACCESS_TOKEN_SECONDS = 900;
  /** Since the last refresh; each refresh starts it again. */
  @IsInt() @Min(60) @Max(366 * day) REFRESH_TOKEN_SECONDS = 30 * day;
  /** So long a refresh token that was used is taken again with its `commandId`, for its answer may have been lost; 0: never (ADR 9). */
  @IsInt() @Min(0) @Max(300) REFRESH_GRACE_SECONDS = 30;
  /** Whether `/demo` lets anybody play the customer of any webchat channel: for demonstrations. */
  @IsBoolean() DEMO_PAGE = false;
  /** Origins of browser frontends on other hosts, separated by commas: `https://a.example,https://b.example`. */
  @IsString() ALLOWED_ORIGINS = '';
  /** NATS as the widget's user, who may touch what is public alone; `NATS_URL` when empty. */
  @Matches(/^((nats|tls):\/\/.+)?$/) WIDGET_NATS_URL = '';
  /** How long a visitor who stays away is known again; each visit starts it anew. */
  @IsInt() @Min(60) @Max(366 * day) VISITOR_TOKEN_SECONDS = 180 * day;
  /** Between two signs of life to routing, which gives a replica up after PRESENCE_SILENT_SECONDS without any. */
  @IsInt() @Min(1) @Max(3_600) PRESENCE_RENEW_SECONDS = 15;
  /** An agent's activity is reported this often at most. */
  @IsInt() @Min(1) @Max(3_600) PRESENCE_ACTIVITY_SECONDS = 30;
  /** Of a request's body over REST and of a packet over a socket. */
  @IsInt() @Min(1024) @Max(16_777_216) BODY_LIMIT_BYTES = 1_048_576;
  /** Of a request to /v1/auth, which anybody may send. */
  @IsInt() @Min(1024) @Max(16_777_216) AUTH_BODY_LIMIT_BYTES = 16_384;
  /** Of an email from an address; from then on the right password is refused too, until the oldest is a minute old. */
  @IsInt() @Min(1) @Max(1_000) FAILED_LOGINS_PER_MINUTE = 10;
  /** Messages, notes and outbound conversations of an agent; and at once, after a pause. */
  @IsNumber() @Min(0.001) @Max(1_000_000) SENDS_PER_SECOND = 20;
  @IsInt() @Min(1) @Max(1_000_000) SENDS_BURST = 60;
  /** Messages of a visitor, likewise. */
  @IsNumber() @Min(0.001) @Max(1_000_000) VISITOR_SENDS_PER_SECOND = 5;
  @IsInt() @Min(1) @Max(1_000_000) VISITOR_SENDS_BURST = 20;
  /** Visits of nobody known from an address, likewise. */
  @IsNumber() @Min(0.001) @Max(1_000_000) VISITS_PER_SECOND = 10;
  @IsInt() @Min(1) @Max(1_000_000) VISITS_BURST = 60;
  /** Addresses and networks of the proxies whose `X-Forwarded-For` is believed, separated by commas: `10.0.0.0/8,::1`. */
  @IsString() TRUSTED_PROXIES = '';
  /** Of its workspace's events, that a cursor may be behind; from there on loading the lists again is cheaper than a replay. */
  @IsInt() @Min(1) @Max(100_000) RESUME_MAX_EVENTS = 2_000;
  /** Kept of each workspace with agents here: what may be replayed, and as much again as half of it that comes meanwhile. */
  @IsInt() @Min(1) @Max(150_000) RECENT_EVENTS = 3_000;
  /** Of the same, as they came; in memory they take about three times that. An event is 1 to 2 kB. */
  @IsInt() @Min(1024) @Max(268_435_456) RECENT_BYTES = 4_194_304;
  /** Of all workspaces together, likewise; beyond it the workspace with the most gives up half of its own. */
  @IsInt() @Min(1024) @Max(4_294_967_296) RECENT_TOTAL_BYTES = 67_108_864;
  /** Told at once of what a client missed, as it came: hundreds that resume together hold little more than connections cost anyway. */
  @IsInt() @Min(1) @Max(16_777_216) REPLAY_BYTES = 65_536;
  /** That may wait for a client to read it; a client that lets more wait is cut, and resumes when it comes back. */
  @IsInt() @Min(1024) @Max(268_435_456) SEND_BUFFER_BYTES = 1_048_576;

  /** Whether files are fetched that a channel's signed message names by URL, from the public internet. */
  @IsBoolean() INBOUND_URLS = true;
  /** Hosts and networks where such URLs may lead though they are not on the public internet, separated by commas: `media.internal:8080,10.0.0.0/8`. */
  @IsReach() INBOUND_URL_HOSTS = '';
  /** Longest that all files of one message are fetched: whoever sent it waits for it. */
  @IsInt() @Min(500) @Max(600_000) INBOUND_FETCH_MS = 15_000;
  /** `host:port` of a clamd that each file passes on its way into the store; none when empty. */
  @Matches(/^([A-Za-z0-9.-]+:\d{1,5})?$/) CLAMD = '';
  /** Files that an agent may have uploaded and not sent, how many and how large together; what is not sent goes after a day. */
  @IsInt() @Min(attachmentLimits.perMessage) @Max(100_000) UNSENT_FILES = 200;
  @IsInt() @Min(leastUnsentBytes) @Max(1_099_511_627_776) UNSENT_BYTES = 4_294_967_296;
  /** Of a visitor, likewise. */
  @IsInt() @Min(attachmentLimits.perMessage) @Max(100_000) VISITOR_UNSENT_FILES = 30;
  @IsInt() @Min(leastUnsentBytes) @Max(1_099_511_627_776) VISITOR_UNSENT_BYTES = 838_860_800;
  /** Longest that the sound of a recording is looked for, many times what the longest takes; a picture is made small in twice that. */
  @IsInt() @Min(500) @Max(600_000) MEDIA_TIMEOUT_MS = 5_000;
  /** Of a webhook's file: silent for so long, whoever was storing it is gone, and a repeat of the message stores it anew. */
  @IsInt() @Min(1) @Max(3_600) UPLOAD_LEASE_SECONDS = 20;
  /** Where uploaded files are: this service's database, or a bucket of something that speaks S3. */
  @IsIn(['gridfs', 's3']) FILE_STORE: 'gridfs' | 's3' = 'gridfs';
  /** Pieces of uploads (255 kB) that a replica writes to its database at once, on average: 0.17 is one, and then a pause of five times as long. */
  @IsNumber() @Min(0.05) @Max(20) UPLOAD_WRITES = 0.17;
  /** Of S3: its address (Amazon's own when empty), region, bucket, and as whom. */
  @Matches(/^(https?:\/\/[^/]+\/?)?$/) S3_ENDPOINT = '';
  @Matches(/^[a-z0-9-]{1,40}$/) S3_REGION = 'us-east-1';
  @Matches(/^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$/) S3_BUCKET = '';
  @IsString() S3_ACCESS_KEY_ID = '';
  @IsString() S3_SECRET_ACCESS_KEY = '';

  /** Over this at most a stopping replica lets its sockets go; few go faster. Its grace period must be 10 s longer. */
  @IsInt() @Min(0) @Max(3_600) DRAIN_SECONDS = 5;

  get widgetNatsUrl(): string {
    return this.WIDGET_NATS_URL || this.NATS_URL;
  }

  get sendRate(): Rate {
    return { perSecond: this.SENDS_PER_SECOND, burst: this.SENDS_BURST };
  }

  get visitorSendRate(): Rate {
    return { perSecond: this.VISITOR_SENDS_PER_SECOND, burst: this.VISITOR_SENDS_BURST };
  }

  get visitRate(): Rate {
    return { perSecond: this.VISITS_PER_SECOND, burst: this.VISITS_BURST };
  }

  get agentUnsent(): UnsentLimit {
    return { files: this.UNSENT_FILES, bytes: this.UNSENT_BYTES };
  }

  get visitorUnsent(): UnsentLimit {
    return { files: this.VISITOR_UNSENT_FILES, bytes: this.VISITOR_UNSENT_BYTES };
  }

  get uploadLeaseMs(): number {
    return this.UPLOAD_LEASE_SECONDS * 1000;
  }

  /** Null when files are not checked. */
  get virusScanner(): { host: string; port: number } | null {
    const [host = '', port] = this.CLAMD.split(':');
    return host === '' ? null : { host, port: Number(port) };
  }

  /** Null when files are in the database. */
  get s3(): S3Settings | null {
    if (this.FILE_STORE === 'gridfs') return null;
    const { S3_ENDPOINT, S3_REGION: region, S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = this;
    return { ...(S3_ENDPOINT !== '' && { endpoint: S3_ENDPOINT }), region, bucket, accessKeyId, secretAccessKey };
  }

  get allowedOrigins(): string[] {
    return listed(this.ALLOWED_ORIGINS);
  }

  get trustedProxies(): string[] {
    return listed(this.TRUSTED_PROXIES);
  }
}

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** An address, or a network as `<address>/<bits>`. */
function isNetwork(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

const isOrigin = (value: string): boolean => URL.canParse(value) && new URL(value).origin === value;

export function readGatewayConfig(env?: NodeJS.ProcessEnv): GatewayConfig {
  const config = readConfig(GatewayConfig, env);
  if (config.NODE_ENV === 'production' && config.JWT_SECRET === developmentSecret) {
    throw new ConfigError('The environment is not usable: JWT_SECRET (must be set to a secret of your own in production)');
  }
  if (config.NODE_ENV === 'production' && config.WIDGET_NATS_URL === '') {
    throw new ConfigError('The environment is not usable: WIDGET_NATS_URL (must be set in production: visitors have a NATS user of their own)');
  }
  const wrong = config.allowedOrigins.filter((origin) => !isOrigin(origin));
  if (wrong.length > 0) {
    throw new ConfigError(`The environment is not usable: ALLOWED_ORIGINS (${wrong.join(', ')} must be like https://desk.example.com)`);
  }
  const missing = config.FILE_STORE === 's3' ? (['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const).filter((name) => config[name] === '') : [];
  if (missing.length > 0) {
    throw new ConfigError(`The environment is not usable: ${missing.join(', ')} (must be set when FILE_STORE is s3)`);
  }
  const unknown = config.trustedProxies.filter((proxy) => !isNetwork(proxy));
  if (unknown.length > 0) {
    throw new ConfigError(`The environment is not usable: TRUSTED_PROXIES (${unknown.join(', ')} must be like 10.0.0.0/8)`);
  }
  return config;
}
