import { bootstrap } from '@relevo/platform';
import { compose, service } from './app.module.js';

await bootstrap({ service, compose });
