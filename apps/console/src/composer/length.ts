/** Unicode code points (product rule "Sending"). */
const longest = 4_096;

/** Code points above the limit; below it when negative. */
export const tooManyIn = (text: string): number => [...text].length - longest;
