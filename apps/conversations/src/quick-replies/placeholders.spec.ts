import { refusalOf } from '../../test/a-conversation.js';
import { checkPlaceholders } from './placeholders.js';

it.each(['Hola', 'Hola {{customer.name}}, soy {{agent.name}}', '{{customer.first_order}} { } {a}'])('lets %j pass', (text) => {
  expect(refusalOf(() => checkPlaceholders(text))).toBeNull();
});

it.each(['{{nombre}}', '{{ customer.name }}', '{{customer.name}', 'Hola }}', '{{}}', '{{customer.Name}}', '{{agent.password}}', '{{a\nb}}'])('refuses %j', (text) => {
  expect(refusalOf(() => checkPlaceholders(text))).toBe('VALIDATION_FAILED');
});
