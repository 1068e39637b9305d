import type { TestSystemOptions } from '@relevo/testing';
import type { Control } from './control.js';

/** Two of each service; the scheduler asks for nothing by itself, because the model says when it is asked. */
export const modelSettings = (control: Control): TestSystemOptions => ({
  replicas: 2,
  env: { SENDS_PER_SECOND: '1000000', SENDS_BURST: '1000000', INBOUND_PER_SECOND: '1000000', INBOUND_BURST: '1000000' },
  serviceEnv: { conversations: control.env, scheduler: { AUTOMATIC_CLOSE_INTERVAL_MS: '3600000' } },
});
