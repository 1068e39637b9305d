import { type DynamicModule, Global, Module } from '@nestjs/common';
import { LIMITED_SERVICE, RateLimits } from './rate-limits.js';

/** `RateLimits` over all replicas of this service. */
@Global()
@Module({})
export class RateLimitsModule {
  static forService(service: string): DynamicModule {
    return { module: RateLimitsModule, providers: [{ provide: LIMITED_SERVICE, useValue: service }, RateLimits], exports: [RateLimits] };
  }
}
