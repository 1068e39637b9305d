import { RelevoError } from '../api/error.js';
import { type KeyValueStorage, memoryStorage } from '../session/storage.js';
import { OutboxStorage } from './outbox-storage.js';
import { Outbox } from './outbox.js';
import { isEditable, type PendingEntry } from './pending.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Sent {
  readonly entry: PendingEntry;
  readonly answer: () => void;
  readonly refuse: (code: RelevoError['code'], details?: Record<string, unknown>) => void;
}

class Desk {
  readonly sent: Sent[] = [];
  readonly outbox: Outbox;
  private arrive: () => void = () => undefined;
  private gateway: Promise<void> = Promise.resolve();

  constructor(readonly storage: KeyValueStorage = memoryStorage()) {
    this.outbox = new Outbox({
      reachable: () => this.gateway,
      send: (entry) =>
        new Promise((resolve, reject) => {
          const refuse = (code: RelevoError['code'], details: Record<string, unknown> = {}): void => reject(new RelevoError({ code, message: code, details }));
          this.sent.push({ entry, answer: () => resolve({}), refuse });
        }),
    });
  }

  goAway(): void {
    this.gateway = new Promise((resolve) => (this.arrive = resolve));
  }

  async comeBack(): Promise<void> {
    this.arrive();
    await turn();
  }

  async start(agentId = 'ana'): Promise<this> {
    await this.outbox.start(new OutboxStorage(this.storage, agentId));
    await turn();
    return this;
  }

  /** The one that was asked for last. */
  get last(): Sent {
    return this.sent.at(-1)!;
  }

  get texts(): string[] {
    return this.outbox.getSnapshot().map(({ text, state }) => `${text}: ${state}`);
  }
}

const desks: Desk[] = [];
async function aDesk(storage?: KeyValueStorage): Promise<Desk> {
  const desk = await new Desk(storage).start();
  desks.push(desk);
  return desk;
}

afterEach(() => {
  for (const { outbox } of desks.splice(0)) outbox.stop();
});

describe('the outbox', () => {
  it('sends a conversation’s entries one after the other, and conversations side by side', async () => {
    const desk = await aDesk();
    await desk.outbox.message('a', { text: 'a1', seenSeq: 3 });
    await desk.outbox.message('a', { text: 'a2' });
    await desk.outbox.note('b', { text: 'b1', mentions: ['beto'] });
    await turn();
    expect(desk.sent.map(({ entry }) => entry)).toMatchObject([
      { kind: 'message', text: 'a1', seenSeq: 3 },
      { kind: 'note', text: 'b1', mentions: ['beto'] },
    ]);
    desk.sent[0]!.answer();
    await turn();
    expect(desk.last.entry.text).toBe('a2');
    desk.last.answer();
    desk.sent[1]!.answer();
    await turn();
    expect(desk.outbox.getSnapshot()).toEqual([]);
    expect(await desk.storage.keys('')).toEqual([]);
  });

  it('keeps what is written before it asks for it, and after a reload asks with the same commandId, in the same order', async () => {
    const before = await aDesk();
    for (const text of ['one', 'two', 'three']) await before.outbox.message('a', { text });
    await turn();
    expect(before.texts).toEqual(['one: sending', 'two: queued', 'three: queued']);
    // The page is gone, with whatever was answered to it.
    before.outbox.stop();
    const after = await aDesk(before.storage);
    expect(after.last.entry.commandId).toBe(before.last.entry.commandId);
    for (let count = 0; count < 3; count++) {
      after.last.answer();
      await turn();
    }
    expect(after.sent.map(({ entry }) => entry.text)).toEqual(['one', 'two', 'three']);
    expect(await after.storage.keys('')).toEqual([]);
  });

  it('is each agent’s own', async () => {
    const { storage, outbox } = await aDesk();
    await outbox.message('a', { text: 'Ana’s' });
    outbox.stop();
    const beto = new Desk(storage);
    desks.push(beto);
    await beto.start('beto');
    expect(beto.outbox.getSnapshot()).toEqual([]);
    expect(beto.sent).toEqual([]);
  });

  it('asks for nothing while no gateway is in reach, so that it can still be changed and thrown away', async () => {
    const desk = await aDesk();
    desk.goAway();
    const first = await desk.outbox.message('a', { text: 'frist' });
    const second = await desk.outbox.message('a', { text: 'second' });
    expect(desk.texts).toEqual(['frist: queued', 'second: queued']);
    expect(await desk.outbox.edit(first.commandId, 'first')).toBe(true);
    expect(await desk.outbox.discard(second.commandId)).toBe(true);
    await desk.comeBack();
    expect(desk.sent.map(({ entry }) => entry.text)).toEqual(['first']);
    expect(isEditable(desk.outbox.getSnapshot()[0]!)).toBe(false);
    expect(await desk.outbox.edit(first.commandId, 'too late')).toBe(false);
    expect(await desk.outbox.discard(first.commandId)).toBe(false);
  });

  it('holds up what follows a refusal, and shows it with the entries missed', async () => {
    const desk = await aDesk();
    const { commandId } = await desk.outbox.message('a', { text: 'mine', seenSeq: 3 });
    await desk.outbox.message('a', { text: 'next' });
    await turn();
    desk.last.refuse('REPLY_OVERTAKEN', { entries: [{ seq: 4 }] });
    await turn();
    expect(desk.texts).toEqual(['mine: refused', 'next: queued']);
    expect(desk.outbox.getSnapshot()[0]!.refusal).toMatchObject({ code: 'REPLY_OVERTAKEN', details: { entries: [{ seq: 4 }] } });
    expect(desk.sent).toHaveLength(1);

    await desk.outbox.retry(commandId, { seenSeq: 4 });
    await turn();
    expect(desk.last.entry).toMatchObject({ commandId, text: 'mine', seenSeq: 4 });
    desk.last.answer();
    await turn();
    expect(desk.last.entry.text).toBe('next');
  });

  it('goes on with what follows when a refused one is thrown away, also after a reload', async () => {
    const before = await aDesk();
    const { commandId } = await before.outbox.message('a', { text: 'mine' });
    await before.outbox.message('a', { text: 'next' });
    await turn();
    before.last.refuse('NOT_ASSIGNEE');
    await turn();
    before.outbox.stop();
    const after = await aDesk(before.storage);
    expect(after.texts).toEqual(['mine: refused', 'next: queued']);
    expect(after.sent).toEqual([]);
    expect(await after.outbox.discard(commandId)).toBe(true);
    await turn();
    expect(after.last.entry.text).toBe('next');
  });

  it('says something else with the same commandId, unless the first was done after all', async () => {
    const desk = await aDesk();
    const { commandId } = await desk.outbox.message('a', { text: 'first words' });
    await turn();
    desk.last.refuse('INTERNAL');
    await turn();
    await desk.outbox.edit(commandId, 'other words');
    await turn();
    // Had the first been done before the refusal came, another id would say it twice.
    expect(desk.last.entry).toMatchObject({ commandId, text: 'other words' });
    desk.last.refuse('CONFLICT');
    await turn();
    await desk.outbox.retry(commandId);
    await turn();
    expect(desk.last.entry.commandId).not.toBe(commandId);
    desk.last.answer();
    await turn();
    expect(await desk.storage.keys('')).toEqual([]);
  });

  it('never takes a note for a message, whatever was kept', async () => {
    const storage = memoryStorage();
    const kept = { commandId: 'command-1', conversationId: 'a', text: 'for colleagues', at: '2026-01-05T09:00:00.000Z', state: 'queued' };
    const others = [{ ...kept, kind: 'remark' }, kept, { ...kept, kind: 'note' }, { ...kept, kind: 'note', mentions: [], text: 7 }];
    others.forEach((one, index) => void storage.set(`relevo.outbox.ana.${index}`, JSON.stringify(one)));
    void storage.set('relevo.outbox.ana.x', '{');
    void storage.set('relevo.outbox.ana.y', JSON.stringify({ ...kept, kind: 'note', mentions: [] }));
    const desk = await aDesk(storage);
    await turn();
    expect(desk.sent.map(({ entry }) => entry.kind)).toEqual(['note']);
    desk.last.refuse('RULE_VIOLATED');
    await turn();
    await desk.outbox.retry('command-1', { seenSeq: 1 });
    await turn();
    expect(desk.last.entry).toMatchObject({ kind: 'note', mentions: [] });
    expect(desk.last.entry).not.toHaveProperty('seenSeq');
  });

  it('goes on where nobody is signed in any more when they are again', async () => {
    const desk = await aDesk();
    await desk.outbox.message('a', { text: 'wait for me' });
    await turn();
    desk.last.refuse('UNAUTHENTICATED');
    await turn();
    expect(desk.texts).toEqual(['wait for me: sending']);
    desk.outbox.stop();
    expect(desk.outbox.getSnapshot()).toEqual([]);
    await desk.start();
    expect(desk.sent.map(({ entry }) => entry.commandId)).toEqual([desk.last.entry.commandId, desk.last.entry.commandId]);
  });

  it('is kept by its order alone: what is written within one moment, or after the clock was put back, stays behind', async () => {
    jest.useFakeTimers({ now: 1_000_000, doNotFake: ['setImmediate'] });
    try {
      const before = await aDesk();
      before.goAway();
      await before.outbox.message('a', { text: 'one' });
      await before.outbox.message('a', { text: 'two' });
      jest.setSystemTime(500_000);
      await before.outbox.message('a', { text: 'three' });
      const after = await aDesk(before.storage);
      expect(after.outbox.getSnapshot().map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    } finally {
      jest.useRealTimers();
    }
  });

  it('a note that was refused is saved without those it named in vain', async () => {
    const desk = await aDesk();
    const { commandId } = await desk.outbox.note('a', { text: '@Beto @Eva look', mentions: ['beto', 'eva'] });
    await turn();
    desk.last.refuse('RULE_VIOLATED');
    await turn();
    await desk.outbox.edit(commandId, '@Beto @Eva look', { mentions: ['eva'] });
    await turn();
    expect(desk.last.entry).toMatchObject({ kind: 'note', commandId, text: '@Beto @Eva look', mentions: ['eva'] });
  });

  it('follows what is done to its entries in another tab, and leaves those that are written there to that tab', async () => {
    const [one, other] = tabs();
    const here = await aDesk(one);
    const { commandId } = await here.outbox.message('a', { text: 'first words' });
    const { commandId: unwanted } = await here.outbox.message('b', { text: 'never mind' });
    await turn();
    for (const { refuse } of here.sent) refuse('NOT_ASSIGNEE');
    await turn();
    const there = await aDesk(other);
    expect(there.texts).toEqual(['first words: refused', 'never mind: refused']);
    await here.outbox.message('c', { text: 'another' });
    expect(there.texts).toHaveLength(2);

    await here.outbox.discard(unwanted);
    expect(there.texts).toEqual(['first words: refused']);
    await here.outbox.edit(commandId, 'other words');
    await turn();
    // Both may send it: it is one command, with one body.
    expect(here.last.entry).toMatchObject({ commandId, text: 'other words' });
    expect(there.last.entry).toMatchObject({ commandId, text: 'other words' });
    here.last.answer();
    there.last.answer();
    await turn();
    expect(there.texts).toEqual([]);
  });

  it('works on where nothing can be kept', async () => {
    const full = { ...memoryStorage(), set: () => Promise.reject(new Error('full')) };
    const desk = await aDesk(full);
    await desk.outbox.message('a', { text: 'still' });
    await turn();
    desk.last.answer();
    await turn();
    expect(desk.outbox.getSnapshot()).toEqual([]);
  });
});

/** One storage as two tabs have it: each hears what the other does. */
function tabs(): [KeyValueStorage, KeyValueStorage] {
  const shared = memoryStorage();
  const listeners: ((key: string, value: string | null) => void)[][] = [[], []];
  const tab = (own: number): KeyValueStorage => {
    const tell = (key: string, value: string | null): void => listeners[1 - own]!.forEach((listener) => listener(key, value));
    return {
      get: (key) => shared.get(key),
      keys: (prefix) => shared.keys(prefix),
      set: (key, value) => {
        void shared.set(key, value);
        tell(key, value);
      },
      remove: (key) => {
        void shared.remove(key);
        tell(key, null);
      },
      watch: (listener) => {
        listeners[own]!.push(listener);
        return () => void listeners[own]!.splice(listeners[own]!.indexOf(listener), 1);
      },
    };
  };
  return [tab(0), tab(1)];
}
