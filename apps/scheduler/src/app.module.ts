import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { MessagingModule } from '@relevo/messaging';
import { type Composition, DatabaseModule, PlatformModule, readConfig } from '@relevo/platform';
import { AutomaticCloseJob } from './closing/automatic-close.job.js';
import { SchedulerConfig } from './config.js';
import { RemoveUnusedFilesJob } from './files/remove-unused-files.job.js';
import { Leases } from './leases/leases.js';
import { ResumeMergesJob } from './merging/resume-merges.job.js';

export const service = 'scheduler';

@Module({})
export class AppModule {
  static with(config: SchedulerConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forService(service, config),
        DatabaseModule.forService(service, config),
        MessagingModule.forService(service, config),
        ScheduleModule.forRoot(),
      ],
      providers: [{ provide: SchedulerConfig, useValue: config }, Leases, AutomaticCloseJob, ResumeMergesJob, RemoveUnusedFilesJob],
    };
  }
}

/** A replica of it, as `env` (the process's own unless given) sets it up. */
export function compose(env?: NodeJS.ProcessEnv): Composition {
  const config = readConfig(SchedulerConfig, env);
  return { module: AppModule.with(config), config, microservices: [] };
}
