/** The next number below `sides`, from 0. */
export type Dice = (sides: number) => number;

/** Always the same ones for a seed (a linear congruential generator: Numerical Recipes' constants, highest bits used). */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}
