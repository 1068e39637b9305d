import { ServiceConfig } from '@relevo/platform';
import { IsInt, Max, Min } from 'class-validator';

export class SchedulerConfig extends ServiceConfig {
  /** How often the owner is asked to close what has been idle for too long. */
  @IsInt() @Min(50) @Max(3_600_000) AUTOMATIC_CLOSE_INTERVAL_MS = 30_000;
  /** How often customers are asked to end merges that were left half done. */
  @IsInt() @Min(50) @Max(3_600_000) RESUME_MERGES_INTERVAL_MS = 30_000;
  /** How often the gateway is asked to remove files that no message refers to. */
  @IsInt() @Min(50) @Max(3_600_000) REMOVE_UNUSED_FILES_INTERVAL_MS = 60_000;
}
