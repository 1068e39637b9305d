/**
 * What the open tabs of one agent agree on, by the browser's locks: they go with the tab that holds them, however it ends,
 * and keep it from being put to sleep. Pages that came over plain HTTP have none; there each tab speaks for itself.
 */
const locks = (): LockManager | undefined => (navigator as Partial<Navigator>).locks;

const untilAborted = (signal: AbortSignal): Promise<void> => new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

/** Holds a lock from when it is free until the end. */
function hold(name: string, mode: LockMode, signal: AbortSignal, onHeld: () => void): void {
  const request = locks()?.request(name, { mode, signal }, () => {
    onHeld();
    return untilAborted(signal);
  });
  // It ended before the lock was free.
  request?.catch(() => undefined);
}

/** So long after the first tab went another still says what that may not have said any more. */
const handOverMs = 10_000;
/** Of so much it is remembered that it was said. */
const remembered = 100;

/**
 * Of several tabs one speaks; when it is gone, another. All hear of everything, so each thing has a key: whoever is not
 * first keeps it until the first tab tells that it was said, and says it if that tab went before.
 */
export class OneVoice {
  private isFirst = false;
  private readonly said = new Set<string>();
  private readonly waiting = new Map<string, { readonly words: () => void; readonly since: number }>();
  private readonly channel: BroadcastChannel;

  constructor(name: string, signal: AbortSignal) {
    this.channel = new BroadcastChannel(`relevo.said.${name}`);
    this.channel.addEventListener('message', ({ data }: MessageEvent<string>) => this.hear(data), { signal });
    signal.addEventListener('abort', () => this.end(), { once: true });
    hold(`relevo.first.${name}`, 'exclusive', signal, () => this.beFirst());
  }

  say(key: string, words: () => void): void {
    if (!locks()) {
      if (document.visibilityState === 'visible') words();
    } else if (this.isFirst) {
      this.channel.postMessage(key);
      words();
    } else if (!this.said.has(key)) {
      this.forgetOld();
      this.waiting.set(key, { words, since: performance.now() });
    }
  }

  private hear(key: string): void {
    this.waiting.delete(key);
    this.said.add(key);
    const [oldest] = this.said;
    if (this.said.size > remembered && oldest !== undefined) this.said.delete(oldest);
  }

  private beFirst(): void {
    this.isFirst = true;
    this.forgetOld();
    for (const [key, { words }] of this.waiting) this.say(key, words);
    this.waiting.clear();
  }

  private end(): void {
    this.isFirst = false;
    this.channel.close();
  }

  private forgetOld(): void {
    const old = performance.now() - handOverMs;
    for (const [key, { since }] of this.waiting) if (since < old) this.waiting.delete(key);
  }
}

const frontOf = (agentId: string, conversationId: string): string => `relevo.front.${agentId}.${conversationId}`;

/** Says that this tab shows a conversation to its agent. */
export const showInFront = (agentId: string, conversationId: string, signal: AbortSignal): void => hold(frontOf(agentId, conversationId), 'shared', signal, () => undefined);

/** Whether any tab shows it. */
export async function isInFront(agentId: string, conversationId: string): Promise<boolean> {
  const { held = [] } = (await locks()?.query()) ?? {};
  return held.some(({ name }) => name === frontOf(agentId, conversationId));
}
