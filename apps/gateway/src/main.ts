import { bootstrap } from '@relevo/platform';
import { composeGateway } from './gateway.module.js';
import { readGatewayConfig } from './config.js';

void bootstrap({ service: 'gateway', compose: () => composeGateway(readGatewayConfig()) });
