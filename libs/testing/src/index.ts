export { AgentSocket, ApiClient, type ChannelKey, type Credentials, type CustomerMessage, EventLog, type LiveEvent, postInbound, type RunningSystem, type ServiceName, signatureOf } from '@relevo/start';
export * from './a-message.js';
export * from './eventually.js';
export * from './receiver.js';
export * from './replicas.js';
export * from './seed-workspace.js';
export * from './stored-conversations.js';
export * from './stored-messages.js';
export * from './test-system.js';
