/** The last lines that a process wrote, and only those: a noisy one must not fill its parent. */
export class RecentLines {
  private readonly lines: string[] = [];
  private rest = '';

  constructor(
    private readonly max: number,
    private readonly onLine: (line: string) => void = () => undefined,
  ) {}

  /** Text as it comes, cut anywhere. */
  write(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.add(line);
  }

  all(): string[] {
    return this.rest === '' ? [...this.lines] : [...this.lines, this.rest];
  }

  private add(line: string): void {
    this.lines.push(line);
    if (this.lines.length > this.max) this.lines.shift();
    this.onLine(line);
  }
}
