import { findMirror } from './mirror.js';

const sources = (text: string) => ({ name: 'debian.sources', text });
const list = (text: string) => ({ name: 'sources.list', text });

describe('the mirror of the machine', () => {
  it('is read from deb822 sources, with its key', () => {
    const text = `
# a comment
Types: deb deb-src
# http://snapshot.example/ in the middle of a stanza
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
`;
    expect(findMirror([sources(text)])).toEqual({ uri: 'http://mirror.example/debian', signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg' });
  });

  it('keeps a key that is written into the sources', () => {
    const text = 'Types: deb\nURIs: https://mirror.example/debian/\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQIN\nSuites: sid\n';
    expect(findMirror([sources(text)])?.signedBy).toBe('\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQIN');
  });

  it('is read from a classic list', () => {
    const text = '# deb http://old.example/debian sid main\ndeb [arch=amd64 signed-by=/keys/debian.gpg trusted=yes] https://mirror.example/debian bookworm main\n';
    expect(findMirror([list(text)])).toEqual({ uri: 'https://mirror.example/debian', signedBy: '/keys/debian.gpg' });
  });

  it('may be a list of mirrors, as on cloud images', () => {
    expect(findMirror([sources('Types: deb\nURIs: mirror+file:///etc/apt/mirrors/debian.list\nSuites: bookworm\n')])?.uri).toBe(
      'mirror+file:///etc/apt/mirrors/debian.list',
    );
  });

  it.each([
    ['source packages only', sources('Types: deb-src\nURIs: http://mirror.example/debian\n')],
    ['a stanza that is switched off', sources('Types: deb\nEnabled: no\nURIs: http://mirror.example/debian\n')],
    ['another distribution', list('deb http://archive.example/ubuntu noble main\n')],
    ['another vendor', list('deb [signed-by=/k.gpg] https://packages.example/cloud sdk main\n')],
    ['the security archive', list('deb http://mirror.example/debian-security bookworm-security main\n')],
  ])('is not found in %s', (_what, file) => {
    expect(findMirror([file])).toBeUndefined();
  });
});
