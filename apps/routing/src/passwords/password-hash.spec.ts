import { hashPassword, matchesHash } from './password-hash.js';

it('stores a password as a PHC string of argon2id with its parameters', async () => {
  const hash = await hashPassword('correcto caballo');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await matchesHash('correcto caballo', hash)).toBe(true);
  expect(await matchesHash('correcto caballo ', hash)).toBe(false);
});

it('salts: one password, two hashes', async () => {
  expect(await hashPassword('correcto caballo')).not.toBe(await hashPassword('correcto caballo'));
});

it('reads what the reference implementation wrote, with other parameters', async () => {
  // echo -n "password" | argon2 somesalt -id -t 2 -k 65536 -p 1 (test.c of the reference implementation)
  const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await matchesHash('password', reference)).toBe(true);
  expect(await matchesHash('Password', reference)).toBe(false);
});

it('knows a password in either Unicode form', async () => {
  expect(await matchesHash('contrase\u006e\u0303a', await hashPassword('contraseña'))).toBe(true);
});

it('refuses to guess about an unreadable hash', async () => {
  await expect(matchesHash('password', '$2b$10$abc')).rejects.toThrow('not readable');
});
