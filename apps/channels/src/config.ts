import { IsReach, ServiceConfig } from '@relevo/platform';
import { IsInt, IsNumber, Max, Min } from 'class-validator';

export class ChannelsConfig extends ServiceConfig {
  /** Signed messages of a channel; and at once, after a pause. */
  @IsNumber() @Min(0.001) @Max(1_000_000) INBOUND_PER_SECOND = 200;
  @IsInt() @Min(1) @Max(1_000_000) INBOUND_BURST = 200;
  /** Hosts and networks where callbacks may lead though they are not on the public internet, separated by commas: `hooks.internal:8080,10.0.0.0/8`. */
  @IsReach() CALLBACK_HOSTS = '';
  /** How long a receiver of agents' messages may take to answer. */
  @IsInt() @Min(10) @Max(60_000) CALLBACK_TIMEOUT_MS = 10_000;
  /** Messages that one replica posts side by side. */
  @IsInt() @Min(1) @Max(1_000) DELIVERY_CONCURRENCY = 16;
  /** Those of them that may be one channel's: a receiver that hangs keeps no more from the others. */
  @IsInt() @Min(1) @Max(1_000) DELIVERY_CHANNEL_CONCURRENCY = 4;
  /** How often a replica looks for deliveries that are due, its own and those that others left. */
  @IsInt() @Min(10) @Max(60_000) DELIVERY_POLL_MS = 1_000;
  /** Pause after the first failure; it doubles with each one, up to an hour. */
  @IsInt() @Min(1) @Max(3_600_000) DELIVERY_RETRY_MS = 1_000;
  /** When a conversation that cannot be told now what came of a message is told again. */
  @IsInt() @Min(10) @Max(3_600_000) DELIVERY_RECORD_RETRY_MS = 5_000;
  /** A message older than this is not posted again, and has failed. */
  @IsInt() @Min(1) @Max(604_800_000) DELIVERY_GIVE_UP_MS = 86_400_000;
}
