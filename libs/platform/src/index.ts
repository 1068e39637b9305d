export * from './bootstrap.js';
export * from './clock.js';
export * from './config.js';
export * from './database.js';
export * from './health.js';
export * from './ids.js';
export * from './paced.js';
export * from './platform.module.js';
