const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 100;
/** In a log, one step's lines come no faster than this. */
const quietMs = 1_000;
const nameWidth = 10;

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Steps as they go on: one line each that moves on a terminal, a line now and then elsewhere. */
export class Progress {
  private readonly startedAt: number;

  constructor(
    private readonly out: Output,
    private readonly now: () => number = Date.now,
  ) {
    this.startedAt = now();
  }

  get seconds(): string {
    return `${((this.now() - this.startedAt) / 1000).toFixed(1)} s`;
  }

  /** `work` gets a function that says what it is at; what it returns last, or a word for it, stays on the line. */
  async step<T>(name: string, work: (say: (line: string) => void) => Promise<T>, result: (value: T) => string = () => 'ready'): Promise<T> {
    const label = name.padEnd(nameWidth);
    let detail = '';
    let frame = 0;
    const draw = (): void => this.replace(`${frames[frame++ % frames.length]} ${label} ${detail}`);
    const timer = this.out.isTTY ? setInterval(draw, frameMs) : undefined;
    timer?.unref();
    let saidAt = -Infinity;
    const say = (line: string): void => {
      detail = line;
      if (this.out.isTTY) draw();
      else if (this.now() - saidAt >= quietMs) {
        saidAt = this.now();
        this.line(`  ${label} ${line}`);
      }
    };
    try {
      const value = await work(say);
      this.line(`✓ ${label} ${result(value)}`);
      return value;
    } catch (error) {
      this.line(`✗ ${label} ${detail}`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  /** A line of its own, with the time since the start. */
  line(text: string): void {
    const clear = this.out.isTTY ? '\r\x1b[K' : '';
    this.out.write(`${clear}${this.seconds.padStart(7)}  ${text.trimEnd()}\n`);
  }

  private replace(text: string): void {
    const whole = `${this.seconds.padStart(7)}  ${text}`;
    // A line that wraps could not be drawn over.
    this.out.write(`\r\x1b[K${whole.slice(0, (this.out.columns || 80) - 1)}`);
  }
}
