import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from './config.js';
import { IsReach, isPublic, OutOfReach, Reach } from './reach.js';

it.each([
  '127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '192.0.0.8', '198.18.0.1', '192.0.2.1', '224.0.0.1', '240.0.0.1', '255.255.255.255',
  '::1', '::', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '::ffff:10.0.0.1', '::ffff:7f00:1', '::ffff:0:127.0.0.1', '::127.0.0.1', '64:ff9b::a00:1', '64:ff9b:1::a00:1', '2002:a00:1::', '2001:0:1::1', '2001:db8::1', '100::1',
  'x', '', '127.1',
])('%s is nobody’s address on the internet', (address) => {
  expect(isPublic(address)).toBe(false);
});

it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450:4003:80a::200e'])('%s is on the internet', (address) => {
  expect(isPublic(address)).toBe(true);
});

describe('a URL that somebody names', () => {
  const refusalOf = (url: string, setting = ''): string | null => {
    try {
      new Reach(setting).connectionTo(new URL(url));
      return null;
    } catch (error) {
      if (error instanceof OutOfReach) return error.message;
      throw error;
    }
  };

  it.each(['http://127.0.0.1/', 'https://10.0.0.1:8443/x', 'http://2130706433/', 'http://0x7f.1/', 'http://017700000001/', 'http://[::1]:27017/', 'http://[::ffff:127.0.0.1]/', 'http://169.254.169.254/latest', 'http://localhost:4222/', 'http://LOCALHOST./', 'http://a.localhost/'])(
    '%s leads inside, however it is written',
    (url) => {
      expect(refusalOf(url)).toBe('is not on the public internet');
    },
  );

  it.each(['https://hooks.example.com/x', 'http://93.184.216.34/', 'http://[2606:4700:4700::1111]/', 'http://localhost.example.com/'])('%s may be asked', (url) => {
    expect(refusalOf(url)).toBeNull();
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'http://user@example.com/', 'http://:word@example.com/'])('%s is of no kind that is asked', (url) => {
    expect(refusalOf(url)).toBe('must be http or https, without a user');
  });

  it('may lead where a setting says: to a host and its port, an address, a network', () => {
    const setting = ' 10.0.0.0/8, 192.168.1.7,hooks:8080 ,Media.internal,[::1]:99,fd00::/8';
    for (const url of ['http://10.9.9.9:1/', 'https://192.168.1.7/', 'http://hooks:8080/', 'http://media.internal/', 'https://media.internal/', 'http://[::1]:99/', 'http://[fd12::1]/', 'http://[::ffff:10.0.0.1]/']) {
      expect([url, refusalOf(url, setting)]).toEqual([url, null]);
    }
    for (const url of ['http://172.16.0.1/', 'http://192.168.1.8/', 'http://[::1]:98/', 'http://127.0.0.1/']) {
      expect([url, refusalOf(url, setting)]).toEqual([url, 'is not on the public internet']);
    }
  });

  it('is a setting’s own: what is neither a host nor a network stops the start', () => {
    class Settings {
      @IsReach() HOSTS = '';
    }
    expect(readConfig(Settings, { HOSTS: 'a:1,10.0.0.0/8,::/0' }).HOSTS).toBe('a:1,10.0.0.0/8,::/0');
    for (const HOSTS of ['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'http://a/', 'a b', '::/129', '10.0.0.0/-1']) {
      expect(() => readConfig(Settings, { HOSTS })).toThrow('HOSTS (must be hosts like hooks.internal:8080 and networks like 10.0.0.0/8');
    }
  });

  describe('by a name', () => {
    let server: Server;
    let port: number;
    let asked = 0;

    beforeAll(async () => {
      server = createServer((_, response) => {
        asked += 1;
        response.end();
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      ({ port } = server.address() as AddressInfo);
    });

    afterAll(async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    });

    /** As if the name were on nobody's list of this host's: what it leads to is what counts. */
    const asking = (setting: string): Promise<number | undefined> => {
      const { lookup } = new Reach(setting).connectionTo(new URL('http://hooks.example.com/'));
      return new Promise((resolve, reject) => {
        get({ host: 'localhost', port, agent: false, lookup }, ({ statusCode }) => resolve(statusCode)).on('error', reject);
      });
    };

    it('is looked at where it leads, and connected to there or not at all', async () => {
      await expect(asking('')).rejects.toThrow(OutOfReach);
      expect(asked).toBe(0);
      expect(await asking('127.0.0.0/8,::1')).toBe(200);
      expect(asked).toBe(1);
    });
  });
});
