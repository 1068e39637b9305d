import { proveFirewall } from './firewall/prove-firewall.js';

/** More of them, and other ones each time: `note-firewall.long-spec.ts`. */
proveFirewall({ seeds: [11], steps: 150, withinMs: 600_000 });
