export * from './apply.js';
export * from './live-state.js';
export * from './load.js';
export * from './timelines.js';
