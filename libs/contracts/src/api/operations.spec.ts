import { getMetadataStorage } from 'class-validator';
import { isCommand, operations, requestOf } from './operations.js';

const fieldsOf = (type: { new (): object }): string[] => [
  ...new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(type, '', false, false)
      .map(({ propertyName }) => propertyName),
  ),
];

describe('every operation', () => {
  it.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))('%s fits its request', (_, operation) => {
    const fields = fieldsOf(requestOf(operation));
    for (const [, name] of operation.path.matchAll(/:(\w+)/g)) expect(fields).toContain(name);
    expect(fields.includes('commandId')).toBe(isCommand(operation));
    expect(operation.rpc.callers).toContain('agent');
    expect(operation.path).toMatch(/^(\/(:[a-z][A-Za-z]*|[a-z]+(-[a-z]+)*))+$/);
  });

  it('has a route and an event of its own', () => {
    const routes = operations.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    const events = operations.flatMap((operation) => operation.event ?? []);
    expect(new Set(routes).size).toBe(routes.length);
    expect(new Set(events).size).toBe(events.length);
  });
});
