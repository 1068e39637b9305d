/** The same keys as in Spanish, any texts: what one language lacks does not compile. */
export type Like<T> = { readonly [K in keyof T]: T[K] extends string ? string : Like<T[K]> };

export interface Texts<T> {
  readonly es: T;
  readonly en: Like<T>;
  readonly pt: Like<T>;
}

/** A feature's texts in all three languages; each feature has its own file of them, and Spanish comes first. */
export const texts = <const T extends object>(es: T, en: Like<T>, pt: Like<T>): Texts<T> => ({ es, en, pt });
