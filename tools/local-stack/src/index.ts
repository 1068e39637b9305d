export { type Stack, type StackOptions, startStack } from './stack.js';
export type { StackPart, Via } from './stack-part.js';
export { NoWayError } from './ways/resolve.js';
