/** Without case and accents: whoever searches for `jose` means José. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
