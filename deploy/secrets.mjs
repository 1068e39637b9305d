// Random secrets for docker-compose.yml: node deploy/secrets.mjs > .env
import { randomBytes } from 'node:crypto';

const users = ['GATEWAY', 'WIDGET', 'CONVERSATIONS', 'ROUTING', 'CUSTOMERS', 'CHANNELS', 'SCHEDULER', 'OPERATOR'];
// A letter first: NATS would read 12e3 as a number.
const secret = () => `p${randomBytes(24).toString('hex')}`;
for (const name of [...users.map((user) => `NATS_${user}_PASSWORD`), 'JWT_SECRET']) process.stdout.write(`${name}=${secret()}\n`);
