import { requestsOf } from '@relevo/messaging';
import { bootstrap, readConfig } from '@relevo/platform';
import { AppModule, service } from './app.module.js';
import { RoutingConfig } from './config.js';

await bootstrap({
  service,
  compose: () => {
    const config = readConfig(RoutingConfig);
    return { module: AppModule.with(config), config, microservices: [requestsOf(service, config)] };
  },
});
