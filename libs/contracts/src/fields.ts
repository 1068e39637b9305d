// The decorators' metadata lives there; whoever reads a contract (a pure test too) needs it.
import 'reflect-metadata';
import { isWebOrigin } from './origin.js';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsNotEmptyObject,
  IsNumber,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** Several property decorators as one. */
const all =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, key) => {
    for (const decorate of decorators) decorate(target, key);
  };

/** The field may be left out; `null` is still refused. */
export const Optional = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** The field may be `null`, but must be there. */
export const Nullable = (): PropertyDecorator => ValidateIf((_, value) => value !== null);

/** An opaque id of ours. */
export const IsId = (): PropertyDecorator => Matches(/^[A-Za-z0-9_-]{1,64}$/, { message: 'must be an id' });

export const IsIds = (max = 100): PropertyDecorator =>
  all(IsArray(), ArrayMaxSize(max), Matches(/^[A-Za-z0-9_-]{1,64}$/, { each: true, message: 'must be ids' }));

/** Different ones. */
export const IsDistinctIds = (max: number): PropertyDecorator => all(IsIds(max), ArrayUnique());

/** A list of different texts, each of a form. */
export const IsTexts = (form: RegExp, { max, message }: { max: number; message: string }): PropertyDecorator =>
  all(IsArray(), ArrayMaxSize(max), ArrayUnique(), Matches(form, { each: true, message }));

/** Made by the client, once per command; a repeat with the same one changes nothing. */
export const IsCommandId = (): PropertyDecorator =>
  Matches(/^[A-Za-z0-9_-]{8,64}$/, { message: 'must be 8 to 64 of A-Z, a-z, 0-9, _ and -' });

/** Position in a timeline: 0 (before the first entry) and up. */
export const IsSeq = (): PropertyDecorator => all(IsInt(), Min(0), Max(Number.MAX_SAFE_INTEGER));

export const IsCount = IsSeq;

/** Whole numbers from 0 to `max`, at most `length` of them. */
export const IsInts = ({ max, length }: { max: number; length: number }): PropertyDecorator =>
  all(IsArray(), ArrayMaxSize(length), IsInt({ each: true }), Min(0, { each: true }), Max(max, { each: true }));

/** ISO 8601, UTC. */
export const IsTime = (): PropertyDecorator => IsISO8601({ strict: true, strictSeparator: true });

/** A line of text for people (a name, a title): not blank, at most `max` UTF-16 units. */
export const IsName = (max = 200): PropertyDecorator =>
  all(IsString(), MaxLength(max), Matches(/\S/, { message: 'must not be blank' }));

/**
 * Text of a message or note: 1 to `max` Unicode code points (not UTF-16 units: an emoji is one), not only blanks,
 * kept byte for byte. Lone surrogates are refused, because they cannot be stored as UTF-8.
 */
export function IsMessageText(max = 4096): PropertyDecorator {
  return (target, key) =>
    registerDecorator({
      name: 'isMessageText',
      target: target.constructor,
      propertyName: String(key),
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && value.isWellFormed() && /\S/.test(value) && (value.length <= max || [...value].length <= max),
        defaultMessage: () => `must be text of 1 to ${max} characters`,
      },
    });
}

/** The same; it may be left out of a message that has attachments, named in the field `attached`. */
export const IsMessageTextUnless = (attached: string): PropertyDecorator =>
  all(
    ValidateIf((body: Record<string, unknown>, text) => text !== undefined || !Array.isArray(body[attached]) || body[attached].length === 0),
    IsMessageText(),
  );

/** A password that somebody chooses; length alone makes it hard to guess. */
export const IsNewPassword = (): PropertyDecorator => all(IsString(), Length(10, 200));

export const IsOneOf = (values: readonly string[]): PropertyDecorator => IsIn([...values]);

/** An object of class `of`, checked field by field. */
export const IsNested = (of: () => new () => object): PropertyDecorator =>
  all(
    IsDefined(),
    IsObject(),
    ValidateNested(),
    Type(() => of()),
  );

export const IsNestedList = (of: () => new () => object, max = 1000): PropertyDecorator =>
  all(
    IsArray(),
    ArrayMaxSize(max),
    ValidateNested({ each: true }),
    Type(() => of()),
  );

/** A whole number, also written in decimal digits as query strings carry it; anything else is left to be refused. */
const WholeNumber = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value));

/** Page size in a query string: 1 to 100. */
export const IsLimit = (): PropertyDecorator =>
  all(
    Optional(),
    WholeNumber(),
    IsInt(),
    Min(1),
    Max(100),
  );

/** A seq in a query string. */
export const IsQuerySeq = (): PropertyDecorator =>
  all(
    WholeNumber(),
    IsSeq(),
  );

/** `true` or `false` in a query string or a body. */
export const IsQueryBoolean = (): PropertyDecorator =>
  all(
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean(),
  );

export { IsBoolean, IsDefined, IsInt, IsNotEmpty, IsNotEmptyObject, IsNumber, IsObject, IsString, Length, Max, MaxLength, Min };

/** `#rrggbb`. */
export const IsColor = (): PropertyDecorator => Matches(/^#[0-9a-f]{6}$/, { message: 'must be a colour like #1a2b3c' });

/** Origins of browser pages, as browsers send them: `https://shop.example`, without a path. */
export const IsOrigins = (max = 50): PropertyDecorator =>
  all(IsArray(), ArrayMaxSize(max), (target, key) =>
    registerDecorator({
      name: 'isOrigin',
      target: target.constructor,
      propertyName: String(key),
      options: { each: true },
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isWebOrigin(value),
        defaultMessage: () => 'must be origins like https://shop.example',
      },
    }),
  );

/** A language of the product's own screens. */
export const locales = ['es', 'en', 'pt'] as const;
export type Locale = (typeof locales)[number];
