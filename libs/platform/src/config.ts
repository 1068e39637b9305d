import { plainToInstance } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, validateSync } from 'class-validator';

/** Within the 2 s in which whoever asks is told that something is down. */
export const defaultOutageMs = 1_500;

export const defaultRequestTimeoutMs = 5_000;

/** Settings every service reads from its environment. A service with more extends it. */
export class ServiceConfig {
  /** `production` refuses defaults that are only fit for a developer's machine. */
  @IsIn(['development', 'test', 'production']) NODE_ENV: 'development' | 'test' | 'production' = 'development';
  @Matches(/^(nats|tls):\/\//) NATS_URL = 'nats://127.0.0.1:4222';
  @Matches(/^mongodb(\+srv)?:\/\//) MONGO_URL = 'mongodb://127.0.0.1:27017/?replicaSet=rs0';
  /** Each service's database is `<prefix>_<service>`. */
  @Matches(/^[a-z][a-z0-9_-]{0,40}$/) MONGO_DB_PREFIX = 'relevo';
  /** Where health and metrics (and the gateway's API) are served; 0 picks a free port. */
  @IsInt() @Min(0) @Max(65535) PORT = 0;
  @IsString() HOST = '127.0.0.1';
  /**
   * Longest that NATS, or the database, is silent before it is taken to be down. A machine that is busy with other things
   * may need more: then what is only late is not refused, and what is down is told so much later.
   */
  @IsInt() @Min(300) @Max(60_000) OUTAGE_MS = defaultOutageMs;
  /** Longest that another service may take to answer; then the outcome is unknown, and the answer `TIMEOUT`. */
  @IsInt() @Min(500) @Max(60_000) REQUEST_TIMEOUT_MS = defaultRequestTimeoutMs;
  @IsIn(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']) LOG_LEVEL = 'info';
  /** Names this replica in logs and connections. */
  @IsOptional() @IsString() REPLICA?: string;
}

/** A bad environment stops the start with one readable line that names each variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Environment variables are text; a setting whose default is a number or a boolean is read as one. */
function typedLike(fallback: unknown, text: string): unknown {
  if (typeof fallback === 'number') return Number(text);
  if (typeof fallback === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

/** A variable that is absent or empty leaves the default. */
export function readConfig<T extends object>(type: new () => T, env: NodeJS.ProcessEnv = process.env): T {
  const defaults: Record<string, unknown> = Object.fromEntries(Object.entries(new type()));
  const given = Object.entries(env).flatMap(([key, text]) => (text ? [[key, typedLike(defaults[key], text)] as const] : []));
  const config = plainToInstance(type, { ...defaults, ...Object.fromEntries(given) });
  const errors = validateSync(config);
  if (errors.length > 0) {
    const reasons = errors.map(({ property, constraints }) => `${property} (${Object.values(constraints ?? {}).join(', ')})`);
    throw new ConfigError(`The environment is not usable: ${reasons.join('; ')}`);
  }
  return config;
}
