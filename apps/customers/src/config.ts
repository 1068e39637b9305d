import { ServiceConfig } from '@relevo/platform';
import { IsInt, Max, Min } from 'class-validator';

export class CustomersConfig extends ServiceConfig {
  /** A merge begun since then is somebody's at work: it is left alone. Longer than any request takes. */
  @IsInt() @Min(0) @Max(3_600_000) MERGE_GRACE_MS = 60_000;
}
