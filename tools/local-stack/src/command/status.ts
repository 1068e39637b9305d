import { withoutPassword } from '../nats-users.js';
import { isServing, readStackRecord, stackFile } from '../stack-file.js';
import type { LocalPlace } from './local-place.js';

/** 0 if it runs, 1 if not. */
export async function status(place: LocalPlace): Promise<number> {
  const record = await readStackRecord(stackFile(place.data));
  if (!isServing(record)) {
    process.stdout.write(`not running; data in ${place.data}\n`);
    return 1;
  }
  process.stdout.write(`running, until process ${record.pid} ends
nats      ${withoutPassword(record.natsUrl)} (${record.natsVia})
database  ${record.mongoUrl} (${record.databaseVia})
data      ${place.data}
`);
  return 0;
}
