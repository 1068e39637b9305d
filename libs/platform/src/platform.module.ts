import { type DynamicModule, Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { collectDefaultMetrics, register } from 'prom-client';
import { ServiceConfig } from './config.js';
import { HealthController, Readiness, SERVICE_NAME } from './health.js';

/** What every service has: its configuration, JSON logs, probes and metrics. */
@Global()
@Module({})
export class PlatformModule {
  static forService(service: string, config: ServiceConfig): DynamicModule {
    if (register.getSingleMetric('process_cpu_user_seconds_total') === undefined) collectDefaultMetrics();
    return {
      module: PlatformModule,
      imports: [
        LoggerModule.forRoot({
          pinoHttp: {
            level: config.LOG_LEVEL,
            base: { service, replica: config.REPLICA },
            autoLogging: false,
            // Never message text, tokens or passwords: requests are logged by whoever handles them, ids only.
            quietReqLogger: true,
          },
        }),
      ],
      controllers: [HealthController],
      providers: [Readiness, { provide: SERVICE_NAME, useValue: service }, { provide: ServiceConfig, useValue: config }],
      exports: [Readiness, ServiceConfig, SERVICE_NAME, LoggerModule],
    };
  }
}
