import { AppError, invalid } from '@relevo/contracts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

function assertJsonType(contentType: string | undefined): void {
  const [type, ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (type?.trim() !== 'application/json' || !isUtf8) {
    throw new AppError('UNSUPPORTED_MEDIA', 'The body must be application/json in UTF-8.');
  }
}

/** The fields of a JSON body. No body, `null` and `{}` are the same. */
export function parseJsonObject(raw: Buffer, contentType: string | undefined): Record<string, unknown> {
  if (raw.length === 0) return {};
  assertJsonType(contentType);
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(raw)) ?? {};
  } catch {
    throw invalid('', 'must be JSON in UTF-8');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('', 'must be an object');
  return value as Record<string, unknown>;
}
