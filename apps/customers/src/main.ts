import { requestsOf } from '@relevo/messaging';
import { bootstrap, readConfig } from '@relevo/platform';
import { AppModule, service } from './app.module.js';
import { CustomersConfig } from './config.js';

await bootstrap({
  service,
  compose: () => {
    const config = readConfig(CustomersConfig);
    return { module: AppModule.with(config), config, microservices: [requestsOf(service, config)] };
  },
});
