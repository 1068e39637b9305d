import type { ChosenFile } from '../files/upload.js';
import type { Recording } from './recorder.js';

const extensionOf = ({ type }: Blob): string => (type === 'audio/mp4' ? 'm4a' : (type.split('/')[1] ?? 'webm'));

/** A recording as a file to be sent; `name` without an extension. */
export const fileOf = ({ content, voice }: Recording, name: string): ChosenFile => ({ name: `${name}.${extensionOf(content)}`, content, voice });
