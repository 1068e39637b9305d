export { type TimeFormats, timeFormatsOf } from './time-formats.js';
