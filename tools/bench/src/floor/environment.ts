/** A variable that whoever started this process gave it. */
export function given(name: 'NATS_URL' | 'MONGO_URL' | 'FLOOR_DATABASE'): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

/** Says to the parent that this process serves, and ends with it. */
export function ready(url: string): void {
  process.once('disconnect', () => process.exit(0));
  process.send?.({ ready: true, url });
}
