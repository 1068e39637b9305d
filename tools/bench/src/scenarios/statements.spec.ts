import { statementsIn } from './statements.js';

const started = (command: string): string =>
  `{ t: 2026-01-01T00:00:00.000Z, c: 'command', s: 'debug', commandName: 'find', requestId: 51, databaseName: 'x', serverConnectionId: 74n, message: 'Command started', command: '${command}' }`;

it('reads the commands that the driver logged, and nothing else', () => {
  const log = [
    started('{"find":"conversation_projection","filter":{"at":{"$lt":{"$date":"2026-01-01T00:00:00.000Z"}}},"limit":26}'),
    `{ t: 2026-01-01T00:00:00.000Z, c: 'command', message: 'Command succeeded', durationMS: 1, reply: '{"ok":1}' }`,
    '{"level":30,"msg":"a line of the service itself"}',
    started('{"insert":"conversation_journal"}'),
  ].join('\n');
  expect(statementsIn(log)).toEqual([{ find: 'conversation_projection', filter: { at: { $lt: new Date('2026-01-01T00:00:00Z') } }, limit: 26 }, { insert: 'conversation_journal' }]);
});

it('reads quotes as they were before Node showed them', () => {
  expect(statementsIn(started(String.raw`{"find":"tags","filter":{"name":"it\\'s \\"new\\""}}`.replaceAll(String.raw`\\'`, String.raw`\'`)))).toEqual([{ find: 'tags', filter: { name: `it's "new"` } }]);
});
