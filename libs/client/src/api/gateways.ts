/** Where gateways are. Behind a load balancer there is one address; else whoever finds one away goes on to the next. */
export class Gateways {
  private next = 0;

  constructor(private readonly urls: readonly string[]) {
    if (urls.length === 0) throw new TypeError('There must be a gateway');
  }

  /** Without a slash at its end; empty for that of the page. */
  get current(): string {
    return (this.urls[this.next % this.urls.length] ?? '').replace(/\/$/, '');
  }

  /** What was asked there was not answered. Several may find that out at once, and go on only once. */
  isAway(url: string): void {
    if (url === this.current) this.next += 1;
  }
}
