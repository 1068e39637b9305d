import { ServiceConfig } from '@relevo/platform';
import { IsInt, Max, Min } from 'class-validator';

export class RoutingConfig extends ServiceConfig {
  /** Passwords hashed side by side; each takes a core and 19 MiB for some 30 ms. */
  @IsInt() @Min(1) @Max(64) PASSWORD_CONCURRENCY = 2;
  /** Those that may wait for their turn; whoever comes later is told to try again. */
  @IsInt() @Min(0) @Max(10_000) PASSWORD_QUEUE = 64;
  /** Without a request or a heartbeat for this long, an agent is offline. */
  @IsInt() @Min(1) @Max(86_400) PRESENCE_IDLE_SECONDS = 600;
  /** How often a replica compares whose conversations are with their owner's answer, for some of the agents each time. */
  @IsInt() @Min(1) @Max(86_400) LOAD_CORRECTION_SECONDS = 30;
  /** A gateway that does not renew itself for this long is given up, with its connections; it does so three times as often. */
  @IsInt() @Min(1) @Max(3_600) PRESENCE_SILENT_SECONDS = 45;
}
