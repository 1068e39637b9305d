export { type GatewayOptions, type RunningGateway, startDocumentDbGateway } from './start.js';
