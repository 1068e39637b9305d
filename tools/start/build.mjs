// Builds what the commands of this repository run. Quiet when all is well; what went wrong is shown whole.
import { spawnSync } from 'node:child_process';

const began = Date.now();
process.stdout.write('building ... ');
const { status, stdout, stderr } = spawnSync('nx', ['run-many', '-t', 'build', '--outputStyle=static'], { encoding: 'utf8' });
if (status === 0) {
  process.stdout.write(`done in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
} else {
  process.stdout.write(`failed\n${stdout ?? ''}${stderr ?? ''}`);
  process.exit(1);
}
