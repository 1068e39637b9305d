import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import type { Class } from '@relevo/contracts';

export type Kind = 'text' | 'number' | 'boolean' | 'list' | 'object';

/** What a request's contract says of one of its fields. */
export interface Field {
  /** Dotted, from the root of the body. */
  readonly path: string;
  readonly kind: Kind;
  readonly required: boolean;
  readonly nullable: boolean;
  /** Of a text: only some texts are good, and none with a blank, a dot or a NUL. */
  readonly pattern: boolean;
  /** Of a list. */
  readonly maxSize: number;
  /** Of an object whose fields the contract names. */
  readonly fields: readonly Field[];
}

/** Names of constraints, by what kind of value they are for. What is missing here nobody has thought about yet. */
const kindOf: Readonly<Record<string, Kind | undefined>> = {
  isString: 'text',
  matches: 'text',
  isLength: 'text',
  maxLength: 'text',
  isMessageText: 'text',
  isIn: 'text',
  isEmail: 'text',
  isUrl: 'text',
  isIso8601: 'text',
  isOrigin: 'text',
  isInt: 'number',
  min: 'number',
  max: 'number',
  isBoolean: 'boolean',
  isArray: 'list',
  arrayMaxSize: 'list',
  arrayUnique: 'list',
  isObject: 'object',
};

/** Whether a constraint leaves a text only a few forms; one that only wants a letter somewhere does not. */
const isPattern = (name: string, [first]: readonly unknown[] = []): boolean =>
  name === 'matches' ? first instanceof RegExp && first.source.startsWith('^') : ['isIn', 'isEmail', 'isUrl', 'isIso8601'].includes(name);

const strongest: readonly Kind[] = ['list', 'object', 'boolean', 'number', 'text'];

type Condition = (object: object, value: unknown) => boolean;

export function fieldsOf(request: Class<object>, parent = ''): Field[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(request, '', false, false);
  return [...new Set(metadata.map(({ propertyName }) => propertyName))].map((name): Field => {
    const path = parent ? `${parent}.${name}` : name;
    const own = metadata.filter(({ propertyName }) => propertyName === name);
    const conditions = own.filter(({ type }) => type === 'conditionalValidation').map(({ constraints }) => (constraints as Condition[])[0]!);
    const checked = (value: unknown): boolean => conditions.every((condition) => condition({}, value));
    const constraints = own.filter(({ name: constraint }) => constraint !== undefined && constraint !== 'isDefined');
    const kinds = constraints.map(({ name: constraint = '' }) => {
      const kind = kindOf[constraint];
      if (!kind) throw new Error(`What is bad input for ${constraint} of ${request.name}.${path}? Say it in kindOf.`);
      return kind;
    });
    const kind = strongest.find((candidate) => kinds.includes(candidate));
    if (!kind) throw new Error(`${request.name}.${path} takes anything`);
    return {
      path,
      kind,
      required: checked(undefined),
      nullable: !checked(null),
      pattern: constraints.some(({ name: constraint = '', constraints: of }) => isPattern(constraint, of as readonly unknown[])),
      maxSize: Number((constraints.find(({ name: constraint }) => constraint === 'arrayMaxSize')?.constraints as [number] | undefined)?.[0] ?? 0),
      fields: own.some(({ type }) => type === 'nestedValidation') && kind === 'object' ? fieldsOf(classAt(request, name), path) : [],
    };
  });
}

/** The class of a nested field, as class-transformer makes it. */
function classAt(request: Class<object>, name: string): Class<object> {
  const instance = plainToInstance(request, { [name]: {} }) as Record<string, object>;
  return instance[name]!.constructor as Class<object>;
}
