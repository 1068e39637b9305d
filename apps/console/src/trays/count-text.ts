/** Nobody counts further: the server does not either (contract: 1,000 stands for more). */
const mostCounted = 999;

export const countText = (count: number): string => (count > mostCounted ? `${mostCounted}+` : String(count));
