import { durableEvents, requestsOf } from '@relevo/messaging';
import { bootstrap, readConfig } from '@relevo/platform';
import { AppModule, service } from './app.module.js';
import { ChannelsConfig } from './config.js';

await bootstrap({
  service,
  compose: () => {
    const config = readConfig(ChannelsConfig);
    return { module: AppModule.with(config), config, microservices: [requestsOf(service, config), durableEvents({ service, config, visibility: 'public' })] };
  },
});
