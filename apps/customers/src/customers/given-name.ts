/** Anything that is seen. */
const visible = /[^\s\p{Default_Ignorable_Code_Point}\p{C}]/u;

/** A name as a channel gives it; null for one of nothing but what is not seen, by which nobody could be told in a list. */
export const givenName = (name: string | undefined): string | null => (name !== undefined && visible.test(name) ? name : null);
