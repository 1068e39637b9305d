const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

/** 128 random bits and more. Not `randomUUID`: pages that came over plain HTTP do not have it. */
export const newCommandId = (): string => Array.from(crypto.getRandomValues(new Uint8Array(22)), (byte) => letters[byte % letters.length]).join('');
