import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

// By its path and not as a package: it depends on this one.
const localStack = join(__dirname, '../../local-stack/dist/main.js');

interface Announcement {
  readonly postgresPort: number;
  readonly pid: number;
}

/** A throw-away PostgreSQL with DocumentDB. */
export class TestEngine {
  private constructor(
    private readonly child: ChildProcess,
    private readonly announcements: AsyncIterator<string>,
    private current: Announcement,
  ) {}

  static async start(): Promise<TestEngine> {
    const child = spawn(process.execPath, [localStack, 'postgres', '--ephemeral'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const announcements = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return new TestEngine(child, announcements, await nextOf(announcements));
  }

  get postgresPort(): number {
    return this.current.postgresPort;
  }

  /** As a power cut would end it: no process of it gets to tidy up. Answers once nobody listens on its port any more. */
  async kill(): Promise<void> {
    process.kill(this.current.pid, 'SIGKILL');
    while (await accepts(this.postgresPort));
  }

  /** On the same port and data, once the processes that were killed are gone. */
  async restart(): Promise<void> {
    this.child.stdin!.write('restart\n');
    this.current = await nextOf(this.announcements);
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.stdin!.end();
    await ended;
  }
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => resolve(false)).on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });

async function nextOf(announcements: AsyncIterator<string>): Promise<Announcement> {
  const line = await announcements.next();
  if (line.done) throw new Error(`The engine ended before it was ready; is ${localStack} built?`);
  return JSON.parse(line.value) as Announcement;
}
