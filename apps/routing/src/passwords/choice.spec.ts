import { refuseEmailAsPassword } from './choice.js';

it.each(['ana@sur.example', 'ANA@Sur.example', ' ana@sur.example '])('an email is no password: %j', (password) => {
  expect(() => refuseEmailAsPassword('newPassword', password, 'Ana@sur.example')).toThrow('newPassword: must not be the email');
});

it('a password that merely holds the email is one', () => {
  expect(() => refuseEmailAsPassword('newPassword', 'ana@sur.example y un caballo', 'ana@sur.example')).not.toThrow();
});
