import { addressOf, addressOfHandshake, networkOf } from './client.js';

describe('a client’s address', () => {
  it('is IPv4 though it came over IPv6', () => {
    expect(addressOf({ ip: '::ffff:192.0.2.7' })).toBe('192.0.2.7');
    expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  });

  it.each([
    ['192.0.2.7', '203.0.113.1', '192.0.2.7'],
    ['10.0.0.1', '198.51.100.9, 203.0.113.1', '203.0.113.1'],
    ['10.0.0.1', '203.0.113.1, 10.0.0.2', '203.0.113.1'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1', ' ,', '10.0.0.1'],
    ['::ffff:192.0.2.7', undefined, '192.0.2.7'],
  ])('of a socket from %s for %s is %s, where 10.0.0.0/8 is trusted', (address, forwarded, expected) => {
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
    expect(addressOfHandshake({ address, headers }, (hop) => hop.startsWith('10.'))).toBe(expected);
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
