/** Longer than any host name with its scheme and port. */
const longest = 300;

/** Whether this is the origin of a page on the web, as browsers write it; `null`, of a sandboxed page, is none. */
export const isWebOrigin = (value: string): boolean =>
  value.length <= longest && /^https?:\/\//.test(value) && URL.canParse(value) && new URL(value).origin === value;
