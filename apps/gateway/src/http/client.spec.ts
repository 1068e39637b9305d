import { addressOf, networkOf } from './client.js';

describe('a client’s address', () => {
  it('is IPv4 though it came over IPv6', () => {
    expect(addressOf({ ip: '::ffff:192.0.2.7' })).toBe('192.0.2.7');
    expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  });

  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('counts %s as one of %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
