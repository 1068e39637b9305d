// Stands in for a service: serves on PORT, tells its parent, and behaves as FAKE says.
import { createServer } from 'node:http';

const { FAKE = 'good', PORT = '0', REPLICA } = process.env;
if (FAKE === 'fails') {
  process.stderr.write(`fake cannot start: no such database\n`);
  process.exit(1);
}
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => {
  if (FAKE !== 'stubborn') process.exit(0);
});
const server = createServer((_, response) => response.end(JSON.stringify({ REPLICA, prefix: process.env.MONGO_DB_PREFIX, extra: process.env.EXTRA })));
server.listen(Number(PORT), '127.0.0.1', () => {
  process.stdout.write(`serves as ${process.pid}\n`);
  if (FAKE !== 'mute') process.send({ ready: true, url: `http://127.0.0.1:${server.address().port}` });
});
