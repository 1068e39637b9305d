import type { ConversationView } from '@relevo/contracts';
import { errorOf, type RelevoError } from '../api/error.js';
import { untilAnswered } from '../commands/until-answered.js';
import { Cell, type Store } from '../store/cell.js';

export interface ConversationState {
  /** Null while it is not known, and when it does not exist or may not be seen (then `error` is `NOT_FOUND`). */
  readonly conversation: ConversationView | null;
  readonly isLoading: boolean;
  readonly error: RelevoError | null;
}

/** One conversation, wherever it stands in lists. */
export class Conversation implements Store<ConversationState> {
  private readonly cell = new Cell<ConversationState>({ conversation: null, isLoading: true, error: null });
  readonly getSnapshot = this.cell.getSnapshot;
  readonly subscribe = this.cell.subscribe;
  private loading = new AbortController();

  constructor(
    readonly id: string,
    private readonly read: (id: string) => Promise<ConversationView>,
  ) {}

  get isUsed(): boolean {
    return this.cell.isUsed;
  }

  async load(): Promise<void> {
    this.stop();
    const { signal } = (this.loading = new AbortController());
    const show = (error: RelevoError): void => {
      if (!signal.aborted) this.cell.update(({ conversation }) => ({ conversation: error.code === 'NOT_FOUND' ? null : conversation, isLoading: false, error }));
    };
    try {
      const view = await untilAnswered(() => this.read(this.id), { signal, onFailure: show });
      if (signal.aborted) return;
      this.tell(view);
      this.cell.update((state) => ({ ...state, isLoading: false, error: null }));
    } catch (error) {
      show(errorOf(error));
    }
  }

  tell(view: ConversationView): void {
    this.cell.update((state) => (state.conversation && state.conversation.seq >= view.seq ? state : { conversation: view, isLoading: false, error: null }));
  }

  /** Asks again: what the gateway answers then is what the agent may see. */
  tellRemoved(): void {
    this.cell.set({ conversation: null, isLoading: true, error: null });
    void this.load();
  }

  stop(): void {
    this.loading.abort();
  }
}
