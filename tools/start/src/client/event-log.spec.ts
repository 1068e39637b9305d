import { EventLog } from './event-log.js';

const anEntry = (seq: number) => ({ cursor: `e.${seq}`, conversationId: 'c', seq });

it('gives each event once, those that came before the wait too', async () => {
  const log = new EventLog();
  log.add('timeline.entry', anEntry(1));
  log.add('timeline.entry', anEntry(2));
  await expect(log.take('timeline.entry', ({ seq }) => seq === 2)).resolves.toMatchObject({ seq: 2 });
  await expect(log.take('timeline.entry')).resolves.toMatchObject({ seq: 1 });
  const next = log.take('timeline.entry');
  log.add('timeline.entry', anEntry(3));
  await expect(next).resolves.toMatchObject({ seq: 3 });
  expect(log.cursor).toBe('e.3');
  expect(log.all('timeline.entry')).toHaveLength(3);
});

it('gives one event to one of several who wait', async () => {
  const log = new EventLog();
  const [first, second] = [log.take('timeline.entry'), log.take('timeline.entry')];
  log.add('timeline.entry', anEntry(1));
  log.add('timeline.entry', anEntry(2));
  await expect(Promise.all([first, second])).resolves.toMatchObject([{ seq: 1 }, { seq: 2 }]);
});

it('leaves to be taken what was only looked at', async () => {
  const log = new EventLog();
  const looking = log.peek('timeline.entry');
  log.add('timeline.entry', anEntry(1));
  await expect(looking).resolves.toMatchObject({ seq: 1 });
  await expect(log.take('timeline.entry')).resolves.toMatchObject({ seq: 1 });
});

it('says what came instead when nothing that fits did', async () => {
  const log = new EventLog();
  log.add('timeline.entry', anEntry(1));
  log.add('timeline.entry', anEntry(2));
  await expect(log.take('timeline.entry', ({ seq }) => seq > 2, 20)).rejects.toThrow('No timeline.entry that fits came within 20 ms; there were: 2 timeline.entry');
});

it('ends all waits when nothing can come any more, and still gives what came', async () => {
  const log = new EventLog();
  log.add('timeline.entry', anEntry(1));
  const waiting = log.take('ready');
  log.end(new Error('cut'));
  await expect(waiting).rejects.toThrow('cut');
  await expect(log.take('ready')).rejects.toThrow('cut');
  await expect(log.take('timeline.entry')).resolves.toMatchObject({ seq: 1 });
});

it('forgets the oldest when it is full', () => {
  const log = new EventLog(2);
  for (const seq of [1, 2, 3]) log.add('timeline.entry', anEntry(seq));
  expect(log.all('timeline.entry').map(({ seq }) => seq)).toEqual([2, 3]);
});
