import { randomBytes } from 'node:crypto';

/** As encodings write them, whatever stands before it: three alignments, without the ends that neighbours share. */
function inBase64(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.from(`${'x'.repeat(offset)}${secret}`).toString('base64').replace(/=+$/, '');
    const whole = encoded.slice(Math.ceil((offset * 4) / 3) + (offset > 0 ? 1 : 0), -2);
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

const eachByte = (secret: string, write: (hex: string) => string): string => [...Buffer.from(secret)].map((byte) => write(byte.toString(16).padStart(2, '0'))).join('');

/** A secret in every form in which software passes text on. */
const formsOf = (secret: string): string[] => [
  secret,
  secret.toUpperCase(),
  [...secret].reverse().join(''),
  ...inBase64(secret),
  ...[eachByte(secret, (hex) => hex), eachByte(secret, (hex) => `\\u00${hex}`), eachByte(secret, (hex) => `%${hex}`), eachByte(secret, (hex) => `&#x${hex};`), eachByte(secret, (hex) => `\\x${hex}`)].flatMap((form) => [form, form.toUpperCase()]),
  eachByte(secret, (hex) => `&#${Number.parseInt(hex, 16)};`),
  Buffer.from(secret, 'utf16le').toString('latin1'),
];

/** Texts that no customer may see, and what finds any of them in what a customer can. */
export class Secrets {
  /** Stands in all of them. */
  private readonly core = `zq${randomBytes(9).toString('hex')}`;
  private made = 0;
  private readonly forms = new Map(formsOf(this.core).map((form) => [form, this.core]));

  /** Another text that says what it is for. Letters, digits and hyphens: an email's, a name's, a note's. */
  next(what: string): string {
    return `${what}-${this.core}-${++this.made}`;
  }

  /** Somebody's or something's id that is nobody's business outside. */
  add(id: string): void {
    this.forms.set(id, id);
  }

  /** What of them is in these bytes, and what stands around it; nothing when they are clean. */
  leaksIn(bytes: Buffer | string): string[] {
    // One character each byte: so nothing is lost that is no text.
    const text = (typeof bytes === 'string' ? Buffer.from(bytes) : bytes).toString('latin1');
    return [...this.forms].flatMap(([form, of]) => {
      const place = text.indexOf(form);
      return place < 0 ? [] : [`${of}: ...${text.slice(Math.max(0, place - 40), place + form.length + 20)}...`];
    });
  }
}
