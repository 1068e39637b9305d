import { join } from 'node:path';

/** The services of a running system, in the order in which they are listed. */
export const services = ['routing', 'customers', 'conversations', 'channels', 'scheduler', 'gateway'] as const;
export type ServiceName = (typeof services)[number];

// The same from src/ (in tests) and from dist/.
export const workspaceRoot = join(import.meta.dirname, '..', '..', '..', '..');

/** Processes run what was built: Node cannot run src/ as it stands. */
export const mainOf = (service: ServiceName): string => join(workspaceRoot, 'apps', service, 'dist', 'main.js');

export type Replicas = number | Partial<Record<ServiceName, number>>;

/** How many of a service there are to be; one where nothing is said. */
export const replicasOf = (replicas: Replicas | undefined, service: ServiceName): number =>
  (typeof replicas === 'number' ? replicas : replicas?.[service]) ?? 1;
