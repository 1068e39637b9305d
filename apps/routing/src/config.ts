import { ServiceConfig } from '@relevo/platform';
import { IsInt, Max, Min } from 'class-validator';

export class RoutingConfig extends ServiceConfig {
  /** Passwords hashed side by side; each takes a core and 19 MiB for some 30 ms. */
  @IsInt() @Min(1) @Max(64) PASSWORD_CONCURRENCY = 2;
  /** Those that may wait for their turn; whoever comes later is told to try again. */
  @IsInt() @Min(0) @Max(10_000) PASSWORD_QUEUE = 64;
}
