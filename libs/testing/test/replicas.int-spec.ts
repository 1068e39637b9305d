import { type DynamicModule, Injectable, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { connect } from '@nats-io/transport-node';
import { connectionOptions, MessagingModule } from '@relevo/messaging';
import { PlatformModule, readConfig, ServiceConfig } from '@relevo/platform';
import { type Compose, startReplicas } from '../src/index.js';

const ended: string[] = [];

@Injectable()
class Fragile implements OnModuleInit, OnApplicationShutdown {
  constructor(private readonly config: ServiceConfig) {}

  onModuleInit(): void {
    if (this.config.REPLICA === '2') throw new Error('the second breaks');
  }

  onApplicationShutdown(): void {
    ended.push(this.config.REPLICA ?? 'stub');
  }
}

@Module({})
class FragileModule {}

it('leaves nothing of a start that fails, and says why it did', async () => {
  let config = new ServiceConfig();
  const compose: Compose = (env) => {
    const own = (config = readConfig(ServiceConfig, env));
    const module: DynamicModule = {
      module: FragileModule,
      imports: [PlatformModule.forService('fragile', own), MessagingModule.forService('fragile', own)],
      providers: [{ provide: Fragile, useValue: new Fragile(own) }],
    };
    return { module, config: own, microservices: [] };
  };
  await expect(startReplicas({ service: 'customers', compose, beside: [compose] })).rejects.toThrow('the second breaks');
  expect(ended.sort()).toEqual(['1', '2', 'stub']);
  const again = connect({ ...connectionOptions('test', config), waitOnFirstConnect: false, maxReconnectAttempts: 0 });
  await expect(again).rejects.toThrow();
});
