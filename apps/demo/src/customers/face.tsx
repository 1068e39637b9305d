import classes from './face.module.css';

const hues = 12;

/** Always the same colour for the same customer. */
function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % hues;
}

const initialOf = (name: string): string => /[\p{L}\p{N}]/u.exec(name)?.[0].toLocaleUpperCase() ?? '?';

/** Decoration: the name stands beside it. */
export const Face = ({ id, name }: { readonly id: string; readonly name: string }) => (
  <span className={classes.face} data-hue={hueOf(id)} aria-hidden>
    {initialOf(name)}
  </span>
);
