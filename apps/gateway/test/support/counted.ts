import { register } from 'prom-client';

/** What a counter without labels stands at; of all replicas together, as they share the process. */
export async function counted(name: string): Promise<number> {
  const { values } = (await register.getSingleMetric(name)?.get()) ?? { values: [] };
  return values.reduce((sum, { value }) => sum + value, 0);
}
