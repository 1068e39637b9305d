import { IsBoolean, IsString } from 'class-validator';
import { ConfigError, readConfig, ServiceConfig } from './config.js';

class ExampleConfig extends ServiceConfig {
  @IsBoolean() EXAMPLE_ON = false;
  @IsString() EXAMPLE_TEXT = 'as it was';
}

it('reads numbers and booleans as such, and leaves defaults where nothing or nothing but emptiness is given', () => {
  const config = readConfig(ExampleConfig, { PORT: '8080', EXAMPLE_ON: 'true', EXAMPLE_TEXT: '', OTHER: 'x' });
  expect(config).toMatchObject({ PORT: 8080, EXAMPLE_ON: true, EXAMPLE_TEXT: 'as it was', LOG_LEVEL: 'info' });
  expect(config).toBeInstanceOf(ExampleConfig);
});

it('stops with one line that names every variable that is wrong', () => {
  const bad = () => readConfig(ExampleConfig, { PORT: 'eighty', NATS_URL: 'http://x', EXAMPLE_ON: 'perhaps' });
  expect(bad).toThrow(ConfigError);
  expect(bad).toThrow(/^The environment is not usable: [^\n]*EXAMPLE_ON[^\n]*NATS_URL[^\n]*PORT[^\n]*$/);
});
