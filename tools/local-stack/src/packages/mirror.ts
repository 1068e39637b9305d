/** A stanza of our own sources list, in the format of deb822. */
export interface Mirror {
  readonly uri: string;
  /** As the machine's own sources say it: a file's path, or the key itself, indented. */
  readonly signedBy?: string;
}

/** One file of the machine's sources: `*.sources` (deb822) or `*.list` (a line each). */
export interface SourcesFile {
  readonly name: string;
  readonly text: string;
}

/** The mirror of Debian's packages that the machine's own sources use; undefined on other distributions. */
export function findMirror(files: readonly SourcesFile[]): Mirror | undefined {
  const stanzas = files.flatMap((file) => (file.name.endsWith('.sources') ? fromDeb822(file.text) : fromList(file.text)));
  return stanzas.find(({ uri }) => isDebianArchive(uri));
}

/** `…/debian` is the archive on every mirror, `…/debian.list` a list of mirrors; `…/debian-security` has no other suites. */
function isDebianArchive(uri: string): boolean {
  return /\/debian(\.list)?\/*$/.test(uri);
}

function fromDeb822(text: string): Mirror[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = deb822Fields(stanza);
    if (!words(fields.get('types')).includes('deb') || fields.get('enabled') === 'no') return [];
    const signedBy = fields.get('signed-by');
    return words(fields.get('uris')).map((uri) => ({ uri, ...(signedBy ? { signedBy } : {}) }));
  });
}

const words = (value: string | undefined): string[] => value?.split(/\s+/).filter((word) => word !== '') ?? [];

function deb822Fields(stanza: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let field: string | undefined;
  for (const line of stanza.split('\n').filter((each) => !each.startsWith('#'))) {
    if (field !== undefined && /^\s/.test(line)) {
      fields.set(field, `${fields.get(field)}\n${line}`);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    field = line.slice(0, colon).trim().toLowerCase();
    fields.set(field, line.slice(colon + 1).trim());
  }
  return fields;
}

function fromList(text: string): Mirror[] {
  return text.split('\n').flatMap((line) => {
    const [, options, uri] = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+\S+/.exec(line) ?? [];
    if (uri === undefined) return [];
    const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options ?? '')?.[1];
    return [{ uri, ...(signedBy ? { signedBy } : {}) }];
  });
}
