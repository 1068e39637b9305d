import { proveFirewall } from './firewall/prove-firewall.js';

/** To play the same again, give the seed of the failed test. */
const first = Number(process.env.FIREWALL_SEED ?? Date.now() % 1_000_000_000);

proveFirewall({ seeds: Array.from({ length: 10 }, (_, index) => first + index), steps: 300, withinMs: 600_000 });
