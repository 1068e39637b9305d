/** Of ten minutes after which whoever does nothing is offline. */
const everyMs = 60_000;

/** Tells that the agent is there and does something. */
export class Presence {
  private saidAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly beat: () => Promise<unknown>) {}

  /** The agent moved, typed or looked: as often as that happens. It is told once a minute at most, and not left out at the end. */
  touch(): void {
    if (this.timer !== undefined) return;
    const wait = Math.max(0, this.saidAt + everyMs - Date.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.saidAt = Date.now();
      // Whoever is away from the gateway is offline anyway; coming back says that they are there.
      void this.beat().catch(() => undefined);
    }, wait);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.saidAt = 0;
  }
}
