import { bootstrap, readConfig } from '@relevo/platform';
import { AppModule, service } from './app.module.js';
import { SchedulerConfig } from './config.js';

await bootstrap({
  service,
  compose: () => {
    const config = readConfig(SchedulerConfig);
    return { module: AppModule.with(config), config, microservices: [] };
  },
});
