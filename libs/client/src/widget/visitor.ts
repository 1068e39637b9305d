import type { WidgetAuth } from '@relevo/contracts';
import { unreachable } from '../api/error.js';
import type { KeyValueStorage } from '../session/storage.js';

export interface VisitorOptions {
  readonly channelId: string;
  readonly storage: KeyValueStorage;
  /** Tells them apart from others in the same storage. */
  readonly key: string;
  readonly user?: Pick<WidgetAuth, 'userId' | 'userHash'>;
  readonly name?: string;
}

/** Who stands at the widget, as the next handshake says it: by the token that the last one brought. */
export class Visitor {
  private kept: Promise<void> = Promise.resolve();
  private name: string | undefined;

  constructor(private readonly options: VisitorOptions) {
    this.name = options.name;
  }

  /** False: they are called that already. */
  isNowCalled(name: string): boolean {
    if (name === this.name) return false;
    this.name = name;
    return true;
  }

  async auth(): Promise<WidgetAuth> {
    const { channelId, user } = this.options;
    const visitorToken = await this.stored();
    return { channelId, ...user, ...(this.name !== undefined && { name: this.name }), ...(visitorToken !== null && { visitorToken }) };
  }

  /** Of whoever was let in; there is one when a gateway can be reached. */
  async token(): Promise<string> {
    await this.kept;
    const token = await this.stored();
    if (token === null) throw unreachable('The visitor is not known yet.');
    return token;
  }

  /** What is said must be said by the same visitor after a reload. */
  settled(): Promise<void> {
    return this.kept;
  }

  letIn(token: string): void {
    this.kept = this.keep(token);
  }

  async forget(): Promise<void> {
    await this.options.storage.remove(this.tokenKey);
  }

  private stored(): Promise<string | null> {
    return Promise.resolve(this.options.storage.get(this.tokenKey));
  }

  private get tokenKey(): string {
    return `relevo.visitor.${this.options.key}`;
  }

  /** A storage that is full, or not allowed, takes away that the visitor is known after a reload, and nothing else. */
  private async keep(token: string): Promise<void> {
    try {
      await this.options.storage.set(this.tokenKey, token);
    } catch {
      // Said above.
    }
  }
}
