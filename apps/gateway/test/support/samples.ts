import { nameOf, type Operation, type OperationName, operations } from '@relevo/contracts';

/** A valid body of every operation, without what the path carries and without `commandId`. */
const bodies: Readonly<Record<OperationName, Record<string, unknown>>> = {
  'GET /conversations': { tray: 'mine', status: 'active', sort: 'waiting', teamId: 'ventas', q: 'envío #12', limit: 10, cursor: 'abc' },
  'GET /conversations/counts': {},
  'GET /conversations/:conversationId': {},
  'GET /conversations/:conversationId/timeline': { after: 3, limit: 50 },
  'POST /conversations/:conversationId/claim': {},
  'POST /conversations/:conversationId/release': {},
  'POST /conversations/:conversationId/read': { upToSeq: 4 },
  'POST /conversations/:conversationId/unread': {},
  'POST /conversations/:conversationId/close': {},
  'POST /conversations/:conversationId/transfer': { agentId: 'beto', note: 'para vos', force: true },
  'POST /conversations/:conversationId/undo': {},
  'PUT /conversations/:conversationId/tags/:tagId': {},
  'DELETE /conversations/:conversationId/tags/:tagId': {},
  'POST /conversations': { customerId: 'lucia', channelId: 'api', text: 'hola' },
  'POST /conversations/:conversationId/messages': { text: 'Hola 👋\n ¿cómo va?', seenSeq: 7 },
  'POST /conversations/:conversationId/notes': { text: 'ojo', mentions: ['beto'] },
  'GET /customers': { q: 'lucía sosa', limit: 10, cursor: 'abc' },
  'GET /customers/:customerId': {},
  'PATCH /customers/:customerId': { set: { city: 'Salta', age: 30, vip: true }, unset: ['plan'], name: 'Lucía', version: 3 },
  'GET /customers/:customerId/history': { limit: 10, cursor: '4' },
  'GET /customers/:customerId/conversations': { limit: 10, cursor: 'abc' },
  'POST /customers/:customerId/revert': { seq: 2 },
  'POST /customers/:customerId/merge': { intoId: 'lucia' },
  'PUT /customers/:customerId/block': {},
  'DELETE /customers/:customerId/block': {},
  'PUT /customers/:customerId/affinity': { agentId: 'beto' },
  'DELETE /customers/:customerId/affinity': {},
  'GET /tags': {},
  'POST /tags': { name: 'Reclamo', color: '#1a2b3c' },
  'PATCH /tags/:tagId': { name: 'Reclamos', color: '#1a2b3c', archived: true },
  'GET /quick-replies': {},
  'POST /quick-replies': { shortcut: 'saludo', text: 'Hola {{customer.name}}' },
  'PATCH /quick-replies/:quickReplyId': { shortcut: 'saludos', text: 'Hola', archived: false },
  'GET /policy': {},
  'PATCH /policy': { toleranceHours: 12, voice: false },
  'GET /attributes': {},
  'POST /attributes': { key: 'email', label: 'Correo', type: 'email', required: true, readOnly: false },
  'PATCH /attributes/:key': { label: 'Correo', required: false, readOnly: true, options: [] },
  'GET /teams': {},
  'POST /teams': { name: 'Ventas', assignment: 'manual' },
  'PATCH /teams/:teamId': { name: 'Ventas', assignment: 'least-busy', archived: false },
  'GET /agents': {},
  'POST /agents': { name: 'Ana', email: 'ana@example.com', password: 'una clave larga', role: 'agent', teamIds: ['ventas'], capacity: 4 },
  'PATCH /agents/:agentId': { name: 'Ana', role: 'supervisor', teamIds: ['ventas'], capacity: 4, active: true },
  'PUT /agents/:agentId/password': { newPassword: 'otra clave larga' },
  'PUT /me/status': { status: 'away' },
  'PATCH /me': { markReadOn: 'reply', locale: 'en', sendKey: 'ctrl-enter', notifications: { sound: false }, list: { sort: 'activity', filters: { tray: 'mine' } } },
  'GET /channels': {},
  'POST /channels': { name: 'API', kind: 'api', teamId: 'ventas', bot: false, voiceFormat: 'ogg-opus', callbackUrl: 'https://example.com/hook' },
};

export interface Sample {
  readonly name: string;
  readonly operation: Operation;
  /** Fields that the path carries. */
  readonly params: Record<string, string>;
  readonly fields: Record<string, unknown>;
  readonly path: string;
}

function sampleOf(operation: Operation): Sample {
  const name = nameOf(operation);
  const fields = bodies[name];
  const names = [...operation.path.matchAll(/:(\w+)/g)].map(([, param]) => param!);
  const params = Object.fromEntries(names.map((param) => [param, `${param}1`]));
  const path = operation.path.replace(/:(\w+)/g, (_, param: string) => params[param]!);
  return { name, operation, params, fields, path: `/v1${path}` };
}

export const samples: readonly Sample[] = operations.map(sampleOf);
