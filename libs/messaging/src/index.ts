export * from './caller.js';
export * from './connection.js';
export * from './errors.js';
export * from './event-publisher.js';
export * from './handles.js';
export * from './message-bus.js';
export * from './messaging.module.js';
export * from './streams.js';
