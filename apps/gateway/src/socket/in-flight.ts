/** Requests that are not answered yet, by what they came over. */
export class InFlight {
  private readonly underWay = new Map<object, Set<Promise<unknown>>>();

  track(connection: object, work: Promise<unknown>): void {
    const ofConnection = this.underWay.get(connection) ?? new Set();
    this.underWay.set(connection, ofConnection);
    const settled = work
      .catch(() => undefined)
      .finally(() => {
        ofConnection.delete(settled);
        if (ofConnection.size === 0) this.underWay.delete(connection);
      });
    ofConnection.add(settled);
  }

  /** Resolves at a moment at which nothing of this connection is under way, or after `timeoutMs`. */
  async settle(connection: object, timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let isLate = false;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        isLate = true;
        resolve();
      }, timeoutMs);
    });
    for (let open = this.underWay.get(connection); open && !isLate; open = this.underWay.get(connection)) await Promise.race([Promise.all(open), timeout]);
    clearTimeout(timer);
  }
}
