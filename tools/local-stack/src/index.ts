export { natsUrlVariable, type NatsUser, natsUsers } from './nats-users.js';
export { giveBackPort, takeFreePort, takePort } from './processes/ports.js';
export { type S3Access, S3Server } from './s3/s3-server.js';
export { type Stack, type StackOptions, startStack } from './stack.js';
export type { NatsPart, StackPart, Via } from './stack-part.js';
export { NoWayError } from './ways/resolve.js';
