export { AgentSocket } from './client/agent-socket.js';
export { ApiClient, type Credentials } from './client/api-client.js';
export { type Asked, newCommandId } from './client/command.js';
export { EventLog, type LiveEvent } from './client/event-log.js';
export { type ChannelKey, type CustomerMessage, inboundOf, postInbound, signatureOf } from './client/inbound.js';
export { connectOperator, type Operator } from './client/operator.js';
export { type ProcessState, type ServiceProcess } from './system/service-process.js';
export { type Replicas, type ServiceName, services } from './system/services.js';
export { type RunningSystem, startSystem, type SystemOptions } from './system/start-system.js';
