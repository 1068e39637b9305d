import classes from './avatar.module.css';

/** The first letters of the first and the last word: `Ana María Ruiz` is `AR`. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => /[\p{L}\p{N}]/u.exec(word ?? '')?.[0] ?? '');
  return letters.join('').toLocaleUpperCase() || '?';
}

const hues = 12;

/** Always the same colour for the same person. */
export function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % hues;
}

interface Props {
  readonly id: string;
  readonly name: string;
  readonly size?: number;
}

/** Decoration: the name stands beside it. */
export const Avatar = ({ id, name, size = 32 }: Props) => (
  <span className={classes.avatar} data-hue={hueOf(id)} style={{ width: size, height: size, fontSize: size * 0.38 }} aria-hidden>
    {initialsOf(name)}
  </span>
);
