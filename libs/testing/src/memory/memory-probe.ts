// Loaded before a gateway's own program (`--import`), in the product's as in the floor's: at SIGUSR2 it collects garbage and
// writes down what is left.
import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const folder = process.env.MEMORY_PROBE_DIR;

process.on('SIGUSR2', () => {
  if (folder === undefined) return;
  collect();
  collect();
  writeFileSync(`${folder}/${process.pid}.json`, JSON.stringify(process.memoryUsage()));
});
