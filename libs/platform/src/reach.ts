import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { registerDecorator } from 'class-validator';

/** Of IANA's registries of special-purpose addresses: all that is not on the public internet or not one host on it, and what leads elsewhere in disguise (6to4, Teredo). */
const special = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(network, bits);
}
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const) {
  special.addSubnet(network, bits, 'ipv6');
}

/** The internet has no IPv6 but this; IPv4 in IPv6, of any kind, is outside of it. */
const assigned = new BlockList();
assigned.addSubnet('2000::', 3, 'ipv6');

/** An address of the public internet; everything else is somebody's inside: ours, or a cloud's metadata. */
export function isPublic(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address);
    case 6:
      return assigned.check(address, 'ipv6') && !special.check(address, 'ipv6');
    default:
      return false;
  }
}

/** Why a URL that somebody else named is not asked, as they are told. */
export class OutOfReach extends Error {}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** RFC 6761: a name for this host, whatever anybody's resolver says. */
const thisHost = /^(.+\.)?localhost\.?$/;

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** What URLs that others name may lead to: the public internet, and what of our own networks a setting lists. */
export class Reach {
  private readonly hosts = new Set<string>();
  private readonly networks = new BlockList();

  /** Of hosts (`hooks.internal:8080`; without a port, the scheme's), addresses and networks (`10.0.0.0/8`), separated by commas. */
  constructor(setting = '') {
    for (const item of listed(setting)) this.add(item.toLowerCase());
  }

  /**
   * How `node:http` connects to a URL: it asks the names of hosts itself, and connects to none but the addresses that were
   * looked at, so that a name cannot say one thing now and another then. Throws `OutOfReach` for what leads inside already.
   */
  connectionTo({ protocol, host, hostname, port, username, password }: URL): { lookup?: LookupFunction } {
    const defaultPort = defaultPorts[protocol];
    if (defaultPort === undefined || username !== '' || password !== '') throw new OutOfReach('must be http or https, without a user');
    if (this.hosts.has(host) || this.hosts.has(`${hostname}:${port || defaultPort}`)) return {};
    const address = thisHost.test(hostname) ? '127.0.0.1' : hostname.replace(/^\[|\]$/g, '');
    // Of an address nobody asks for its name.
    if (isIP(address) !== 0 && !this.includes(address)) throw inside();
    return { lookup: this.lookup };
  }

  private includes(address: string): boolean {
    return isPublic(address) || this.networks.check(address, familyOf(address));
  }

  private readonly lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      if (!addresses.every(({ address }) => this.includes(address))) return callback(inside(), []);
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      callback(null, first?.address ?? '', first?.family);
    });
  };

  private add(item: string): void {
    const [address = '', bits, ...rest] = item.split('/');
    if (isIP(address) !== 0 && rest.length === 0) {
      this.networks.addSubnet(address, bits === undefined ? (isIP(address) === 6 ? 128 : 32) : Number(/^\d+$/.test(bits) ? bits : NaN), familyOf(address));
    } else if (/^([a-z0-9_.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/.test(item)) {
      this.hosts.add(item);
    } else {
      throw new RangeError(`${item} is neither a host nor a network`);
    }
  }
}

const inside = (): OutOfReach => new OutOfReach('is not on the public internet');

/** A setting that `Reach` reads. */
export const IsReach = (): PropertyDecorator => (target, key) =>
  registerDecorator({
    name: 'isReach',
    target: target.constructor,
    propertyName: String(key),
    validator: {
      validate: (value: unknown) => {
        try {
          return typeof value === 'string' && new Reach(value) instanceof Reach;
        } catch {
          return false;
        }
      },
      defaultMessage: () => 'must be hosts like hooks.internal:8080 and networks like 10.0.0.0/8, separated by commas',
    },
  });
