import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';

import { placeInCache } from '../packages/data-place.js';
import { removeVolumes } from '../parts/container.js';
import { readStackRecord, stackFile } from '../stack-file.js';
import { down } from './down.js';
import type { LocalPlace } from './local-place.js';

export async function reset(place: LocalPlace, yes: boolean): Promise<number> {
  const folders = [place.data, placeInCache(place.data)].filter((folder) => existsSync(folder));
  const record = await readStackRecord(stackFile(place.data));
  const inDocker = record?.natsVia === 'docker' || record?.databaseVia === 'docker';
  if (folders.length === 0) {
    process.stdout.write('there are no data\n');
    return 0;
  }
  const what = [...folders, ...(inDocker ? ["its volumes in Docker"] : [])].join(', ');
  process.stdout.write(`this stops the stack and deletes all its data: ${what}\n`);
  if (!yes && !(await confirmed())) return 1;
  await down(place);
  if (inDocker) await removeVolumes(place.data);
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  process.stdout.write('deleted\n');
  return 0;
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stderr.write('nothing was deleted: without a terminal to ask at it needs --yes\n');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question('delete them? type "yes": ')).trim() === 'yes';
  } finally {
    terminal.close();
  }
}
