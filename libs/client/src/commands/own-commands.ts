import type { Choice, MeView } from '@relevo/contracts';
import type { RequestOf } from '../api/operations.js';
import type { CommandOptions, Requests } from './requests.js';

/** What an agent changes of themselves. */
export class OwnCommands {
  constructor(
    private readonly requests: Pick<Requests, 'command'>,
    private readonly tell: (me: MeView) => void,
  ) {}

  /** `online` or `away`; `offline` follows from connections and activity alone. */
  setStatus(status: Choice, options?: CommandOptions): Promise<MeView> {
    return this.changed(this.requests.command('PUT /me/status', { status }, options));
  }

  changeSettings(settings: RequestOf<'PATCH /me'>, options?: CommandOptions): Promise<MeView> {
    return this.changed(this.requests.command('PATCH /me', settings, options));
  }

  private async changed(answer: Promise<MeView>): Promise<MeView> {
    const me = await answer;
    this.tell(me);
    return me;
  }
}
