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

  it('keeps files in the database, unless it is told which bucket', () => {
    expect(readGatewayConfig({}).s3).toBeNull();
    expect(() => readGatewayConfig({ FILE_STORE: 's3', S3_BUCKET: 'files' })).toThrow(/S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY/);
    expect(() => readGatewayConfig({ FILE_STORE: 'disk' })).toThrow(/FILE_STORE/);
    const s3 = { FILE_STORE: 's3', S3_BUCKET: 'files', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key' };
    expect(readGatewayConfig(s3).s3).toEqual({ region: 'us-east-1', bucket: 'files', accessKeyId: 'id', secretAccessKey: 'key' });
    expect(readGatewayConfig({ ...s3, S3_ENDPOINT: 'http://s3.internal:3900' }).s3).toMatchObject({ endpoint: 'http://s3.internal:3900' });
    expect(() => readGatewayConfig({ ...s3, S3_ENDPOINT: 's3.internal' })).toThrow(/S3_ENDPOINT/);
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
