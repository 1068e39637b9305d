import { Secrets } from './secrets.js';

const secrets = new Secrets();
const note = secrets.next('nota');
const said = `{"text":"ñandú 👋 ${note} fin"}`;

it.each<[string, Buffer | string]>([
  ['plainly', said],
  ['in capitals', said.toUpperCase()],
  ['among bytes that are no text', Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), Buffer.from(note)])],
  ['in base64', Buffer.from(said).toString('base64')],
  ['in base64, one further', Buffer.from(`.${said}`).toString('base64')],
  ['in base64, two further', Buffer.from(`..${said}`).toString('base64url')],
  ['in hexadecimal', Buffer.from(said).toString('hex')],
  ['as JSON escapes', [...said].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')],
  ['as percent escapes', [...Buffer.from(said)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')],
  ['as HTML entities', [...said].map((each) => `&#${each.codePointAt(0)};`).join('')],
  ['in UTF-16', Buffer.from(said, 'utf16le')],
  ['backwards', [...said].reverse().join('')],
])('finds a note that is there %s', (_, bytes) => {
  expect(secrets.leaksIn(bytes)).not.toEqual([]);
});

it('finds an id, and nothing in what has nothing', () => {
  secrets.add('agent-7f');
  expect(secrets.leaksIn('{"by":"agent-7f"}')).toEqual([expect.stringContaining('agent-7f')]);
  expect(secrets.leaksIn('{"by":"agent-8f","text":"hola"}')).toEqual([]);
  expect(secrets.leaksIn(new Secrets().next('nota'))).toEqual([]);
});
