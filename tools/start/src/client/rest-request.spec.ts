import { addNote, allRpcs, claimConversation, getTimeline, isCommand, listConversations, operations } from '@relevo/contracts';
import { operationOf, restRequestOf } from './rest-request.js';

it('puts each part of a body where REST carries it', () => {
  expect(restRequestOf(operationOf(addNote.subject), { conversationId: 'c/1', commandId: 'command-1', text: 'Hola', mentions: ['ana'] })).toEqual({
    method: 'POST',
    path: '/conversations/c%2F1/notes',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'command-1' },
    body: '{"text":"Hola","mentions":["ana"]}',
  });
  expect(restRequestOf(operationOf(getTimeline.subject), { conversationId: 'c1', after: 0, limit: undefined })).toEqual({
    method: 'GET',
    path: '/conversations/c1/timeline?after=0',
  });
  expect(restRequestOf(operationOf(listConversations.subject), {})).toEqual({ method: 'GET', path: '/conversations' });
});

it('knows every operation, and says what it lacks', () => {
  for (const operation of operations) {
    const names = [...operation.path.matchAll(/:(\w+)/g)].map(([, name]) => [name, 'x']);
    const { path, body } = restRequestOf(operationOf(operation.rpc.subject), Object.fromEntries(names) as Record<string, string>);
    expect(path).not.toContain(':');
    expect(body === undefined).toBe(!isCommand(operation));
  }
  expect(() => restRequestOf(operationOf(claimConversation.subject), {})).toThrow('conversationId');
  const internal = allRpcs().find(({ subject }) => !operations.some(({ rpc }) => rpc.subject === subject));
  expect(() => operationOf(internal?.subject ?? '')).toThrow('no operation');
});
