import { ConfigError } from '@relevo/platform';
import { developmentSecret, readGatewayConfig } from './config.js';

const secret = 's'.repeat(32);

describe('the gateway’s configuration', () => {
  it('has defaults that serve on a developer’s machine', () => {
    const config = readGatewayConfig({});
    expect(config).toMatchObject({ PORT: 3000, JWT_SECRET: developmentSecret, ACCESS_TOKEN_SECONDS: 900, REFRESH_TOKEN_SECONDS: 2_592_000 });
    expect(config.allowedOrigins).toEqual([]);
  });

  it('refuses the development secret in production, given or left out, and names it', () => {
    for (const env of [{ NODE_ENV: 'production' }, { NODE_ENV: 'production', JWT_SECRET: developmentSecret }]) {
      expect(() => readGatewayConfig(env)).toThrow(ConfigError);
      expect(() => readGatewayConfig(env)).toThrow(/JWT_SECRET/);
    }
    expect(readGatewayConfig({ NODE_ENV: 'production', JWT_SECRET: secret, WIDGET_NATS_URL: 'nats://widget:p@nats' }).JWT_SECRET).toBe(secret);
  });

  it('refuses one user of NATS for agents and visitors in production', () => {
    expect(() => readGatewayConfig({ NODE_ENV: 'production', JWT_SECRET: secret })).toThrow(/WIDGET_NATS_URL/);
  });

  it('refuses a secret too short for HS256', () => {
    expect(() => readGatewayConfig({ JWT_SECRET: 'short' })).toThrow(/JWT_SECRET/);
  });

  it('reads numbers and origins', () => {
    const config = readGatewayConfig({ ACCESS_TOKEN_SECONDS: '60', ALLOWED_ORIGINS: 'https://a.example, http://localhost:5173,' });
    expect(config.ACCESS_TOKEN_SECONDS).toBe(60);
    expect(config.allowedOrigins).toEqual(['https://a.example', 'http://localhost:5173']);
  });

  it.each(['10.0.0.1, 192.168.0.0/16,', '::1,fd00::/8'])('trusts the proxies %s', (TRUSTED_PROXIES) => {
    expect(readGatewayConfig({ TRUSTED_PROXIES }).trustedProxies).toHaveLength(2);
  });

  it.each(['true', '*', '10.0.0', '10.0.0.0/33', '10.0.0.0/', '::1/129', 'proxy.example'])('refuses %s for a proxy', (TRUSTED_PROXIES) => {
    expect(() => readGatewayConfig({ TRUSTED_PROXIES })).toThrow(/TRUSTED_PROXIES/);
  });

  it.each(['*', 'a.example', 'https://a.example/', 'https://a.example/path'])('refuses %s for an origin', (ALLOWED_ORIGINS) => {
    expect(() => readGatewayConfig({ ALLOWED_ORIGINS })).toThrow(/ALLOWED_ORIGINS/);
  });
});
