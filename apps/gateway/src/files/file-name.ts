/** Of names, in UTF-16 units: the contract's. */
const longest = 200;

/** What has no name left gets this one. */
const nameless = 'file';

/** Control characters, and those that turn the direction of text: `exe.jpg` must not be shown for `gpj.exe`. */
const misleading = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A longest name keeps its extension, unless that is none that anybody knows. */
function shortened(name: string): string {
  if (name.length <= longest) return name;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return name.slice(0, longest - extension.length).toWellFormed().replace(/\ufffd$/, '') + extension;
}

/** The name of an uploaded file, for people to read and for a download to be called: never a path, never misleading. */
export function cleanName(given: string | undefined): string {
  const base = (given ?? '').toWellFormed().normalize('NFC').replace(misleading, '').split(/[/\\]/).at(-1) ?? '';
  const trimmed = base.replace(/^[\s.]+|[\s.]+$/g, '');
  return trimmed === '' ? nameless : shortened(trimmed);
}
