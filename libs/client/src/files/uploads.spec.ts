import { attachmentLimits, type AttachmentView } from '@relevo/contracts';
import { RelevoError, type RelevoErrorCode } from '../api/error.js';
import { memoryStorage } from '../session/storage.js';
import { OutboxStorage } from '../outbox/outbox-storage.js';
import { Outbox } from '../outbox/outbox.js';
import type { PendingEntry, PendingMessage } from '../outbox/pending.js';
import { fileLimits, type Upload } from './upload.js';
import { Uploads, type UploadTask } from './uploads.js';

const turn = (ms = 0): Promise<void> => jest.advanceTimersByTimeAsync(ms);

interface Asked {
  readonly upload: Upload;
  readonly task: UploadTask;
  readonly store: () => void;
  readonly refuse: (code: RelevoErrorCode) => void;
}

const attachmentOf = ({ id, name, mediaType, size }: Upload): AttachmentView => ({ id: `stored-${id}`, name, mediaType, size });

/** An agent's page: what they chose, what they wrote, and the gateway's answers when the test gives them. */
class Page {
  readonly asked: Asked[] = [];
  readonly sent: PendingMessage[] = [];
  readonly withdrawn: string[] = [];
  readonly uploads = new Uploads({
    reachable: () => Promise.resolve(),
    withdraw: (id) => {
      this.withdrawn.push(id);
      return Promise.reject(new RelevoError({ code: 'UNREACHABLE', message: 'Nobody waits for it.' }));
    },
    send: (upload, task) =>
      new Promise((resolve, reject) => {
        const refuse = (code: RelevoErrorCode): void => reject(new RelevoError({ code, message: code }));
        task.signal.addEventListener('abort', () => refuse('ABORTED'));
        this.asked.push({ upload, task, store: () => resolve(attachmentOf(upload)), refuse });
      }),
  });
  readonly outbox = new Outbox({
    reachable: () => Promise.resolve(),
    files: this.uploads,
    send: (entry) => Promise.resolve(void this.sent.push(entry as PendingMessage)),
  });

  constructor(readonly storage = memoryStorage()) {}

  async start(agentId = 'ana'): Promise<this> {
    this.uploads.start(agentId);
    await this.outbox.start(new OutboxStorage(this.storage, agentId));
    return this;
  }

  choose(...names: string[]): readonly Upload[] {
    return this.uploads.choose('a', names.map((name) => ({ name, content: new Blob([name], { type: 'text/plain' }) })));
  }

  asking(name: string): Asked {
    return this.asked.findLast(({ upload }) => upload.name === name)!;
  }

  get states(): string[] {
    return [...this.uploads.getSnapshot().values()].map(({ name, state }) => `${name}: ${state}`);
  }

  get pending(): readonly PendingEntry[] {
    return this.outbox.getSnapshot();
  }
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const aPage = (storage = memoryStorage()): Promise<Page> => new Page(storage).start();

it('the limits are the contract’s', () => expect(fileLimits).toEqual({ bytes: attachmentLimits.bytes, perMessage: attachmentLimits.perMessage }));

describe('uploads', () => {
  it('that find no room wait, say why, and go on when there is some', async () => {
    const page = await aPage();
    const [one] = page.choose('one');
    await turn();
    page.asking('one').refuse('RATE_LIMITED');
    await turn();
    expect(page.uploads.find(one!.id)).toMatchObject({ state: 'waiting', delayedBy: 'RATE_LIMITED' });
    await turn(1_000);
    expect(page.uploads.find(one!.id)).toMatchObject({ state: 'uploading', delayedBy: undefined });
    page.asking('one').store();
    await turn();
    expect(page.states).toEqual(['one: stored']);
  });

  it('begin when files are chosen, two at a time, and tell how far they have come', async () => {
    const page = await aPage();
    page.choose('one', 'two', 'three');
    await turn();
    expect(page.states).toEqual(['one: uploading', 'two: uploading', 'three: waiting']);
    page.asking('two').task.onProgress(0.5);
    expect(page.uploads.chosen('a').getSnapshot().map(({ progress }) => progress)).toEqual([0, 0.5, 0]);
    page.asking('one').store();
    await turn();
    expect(page.states).toEqual(['one: stored', 'two: uploading', 'three: uploading']);
    expect(page.uploads.chosen('b').getSnapshot()).toEqual([]);
  });

  it('are refused before they are asked for when they are empty or above 40 MB', async () => {
    const page = await aPage();
    const large = { size: fileLimits.bytes + 1, type: 'video/mp4' } as Blob;
    const full = { size: fileLimits.bytes, type: 'video/mp4' } as Blob;
    page.uploads.choose('a', [{ name: 'empty', content: new Blob([]) }, { name: 'large', content: large }, { name: 'full', content: full }]);
    await turn();
    expect(page.states).toEqual(['empty: refused', 'large: refused', 'full: uploading']);
    expect([...page.uploads.getSnapshot().values()].map(({ refusal }) => refusal?.code)).toEqual(['VALIDATION_FAILED', 'PAYLOAD_TOO_LARGE', undefined]);
    for (const { id } of page.uploads.chosen('a').getSnapshot()) page.uploads.retry(id);
    await turn();
    expect(page.asked).toHaveLength(1);
  });

  it('are cancelled and tried again; what is answered to a cancelled try changes nothing', async () => {
    const page = await aPage();
    const [{ id }] = page.choose('one') as [Upload];
    await turn();
    page.uploads.cancel(id);
    await turn();
    expect(page.asked[0]!.task.signal.aborted).toBe(true);
    page.asked[0]!.task.onProgress(0.9);
    expect(page.uploads.find(id)).toMatchObject({ state: 'cancelled', progress: 0 });
    page.uploads.retry(id);
    await turn();
    expect(page.asked).toHaveLength(2);
    page.asked[1]!.store();
    await turn();
    expect(page.uploads.find(id)).toMatchObject({ state: 'stored', attachment: { id: `stored-${id}` } });
  });

  it('are tried again by themselves when a gateway was away, and not when it refused', async () => {
    const page = await aPage();
    page.choose('one', 'two');
    await turn();
    page.asking('one').refuse('UNREACHABLE');
    page.asking('two').refuse('UNSUPPORTED_MEDIA');
    await turn();
    expect(page.states).toEqual(['one: waiting', 'two: refused']);
    await turn(1_000);
    expect(page.states).toEqual(['one: uploading', 'two: refused']);
    expect(page.asked.map(({ upload }) => upload.name)).toEqual(['one', 'two', 'one']);
  });

  it('that are removed are taken back from the gateway, when they are there', async () => {
    const page = await aPage();
    const [one, two] = page.choose('one', 'two') as [Upload, Upload];
    await turn();
    page.asking('one').store();
    await turn();
    for (const { id } of [one, two]) page.uploads.remove(id);
    await turn();
    expect(page.states).toEqual([]);
    expect(page.asking('two').task.signal.aborted).toBe(true);
    expect(page.withdrawn).toEqual([`stored-${one.id}`]);
  });

  it('wait while nobody is signed in, and are nobody else’s', async () => {
    const page = await aPage();
    page.choose('one');
    await turn();
    page.uploads.stop();
    expect(page.states).toEqual(['one: waiting']);
    page.uploads.start('ana');
    await turn();
    expect(page.asked).toHaveLength(2);
    page.uploads.stop();
    page.uploads.start('beto');
    expect(page.states).toEqual([]);
  });
});

describe('a message with files', () => {
  it('waits for all of them, holds up what follows it, and is sent once with their ids', async () => {
    const page = await aPage();
    const files = page.choose('one', 'two');
    await turn();
    page.asking('one').store();
    await turn();
    await page.outbox.message('a', { text: '', files: [page.uploads.find(files[0]!.id)!, page.uploads.find(files[1]!.id)!] });
    await page.outbox.message('a', { text: 'next' });
    await turn();
    expect(page.uploads.chosen('a').getSnapshot()).toEqual([]);
    expect(page.sent).toEqual([]);
    page.asking('two').store();
    await turn();
    expect(page.sent.map(({ text, files: own }) => [text, own?.map(({ attachment }) => attachment?.name)])).toEqual([
      ['', ['one', 'two']],
      ['next', undefined],
    ]);
    expect(page.pending).toEqual([]);
    expect(page.states).toEqual([]);
    expect(await page.storage.keys('')).toEqual([]);
    expect(page.withdrawn).toEqual([]);
  });

  it('says so when a file is refused, and goes on without it, or when it is tried again', async () => {
    const page = await aPage();
    const refused = page.choose('one');
    await page.outbox.message('a', { text: 'look', files: refused });
    await turn();
    page.asking('one').refuse('UNSUPPORTED_MEDIA');
    await turn();
    expect(page.pending).toMatchObject([{ state: 'refused', refusal: { code: 'UNSUPPORTED_MEDIA' } }]);
    // It will not be taken for something else by asking again.
    await page.outbox.retry(page.pending[0]!.commandId);
    expect(page.pending).toMatchObject([{ state: 'refused', refusal: { code: 'UNSUPPORTED_MEDIA' } }]);
    expect(page.asked).toHaveLength(1);
    await page.outbox.leaveOutFiles(page.pending[0]!.commandId);
    await turn();
    expect(page.sent).toMatchObject([{ text: 'look', files: [] }]);

    await page.outbox.message('a', { text: '', files: page.choose('two') });
    await turn();
    page.asking('two').refuse('INTERNAL');
    await turn();
    const [{ commandId }] = page.pending as [PendingEntry];
    expect(await page.outbox.leaveOutFiles(commandId)).toBe(false);
    await page.outbox.retry(commandId);
    await turn();
    page.asking('two').store();
    await turn();
    expect(page.sent.at(-1)).toMatchObject({ commandId, text: '', files: [{ attachment: { name: 'two' } }] });
  });

  it('is thrown away with its files', async () => {
    const page = await aPage();
    const { commandId } = await page.outbox.message('a', { text: '', files: page.choose('one') });
    await turn();
    await page.outbox.discard(commandId);
    expect(page.asked[0]!.task.signal.aborted).toBe(true);
    expect(page.states).toEqual([]);

    const [two, three] = page.choose('two', 'three') as [Upload, Upload];
    const { commandId: refused } = await page.outbox.message('a', { text: '', files: [two, three] });
    await turn();
    page.asking('two').store();
    page.asking('three').refuse('UNSUPPORTED_MEDIA');
    await turn();
    await page.outbox.discard(refused);
    expect(page.withdrawn).toEqual([`stored-${two.id}`]);
  });

  it('keeps its text when its files went with the page, and says so', async () => {
    const before = await aPage();
    await before.outbox.message('a', { text: 'look', files: before.choose('one') });
    await turn();
    const after = await aPage(before.storage);
    await turn();
    expect(after.pending).toMatchObject([{ text: 'look', state: 'refused', refusal: { code: 'FILE_LOST' } }]);
    // It is still on its way where it was chosen, and each page shows that.
    expect(before.pending).toMatchObject([{ text: 'look', state: 'queued' }]);
    await after.outbox.leaveOutFiles(after.pending[0]!.commandId);
    await turn();
    expect(after.sent).toMatchObject([{ text: 'look', files: [] }]);
  });
});
