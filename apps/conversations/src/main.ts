import { requestsOf } from '@relevo/messaging';
import { bootstrap, readConfig, ServiceConfig } from '@relevo/platform';
import { AppModule, service } from './app.module.js';

await bootstrap({
  service,
  compose: () => {
    const config = readConfig(ServiceConfig);
    return { module: AppModule.with(config), config, microservices: [requestsOf(service, config)] };
  },
});
