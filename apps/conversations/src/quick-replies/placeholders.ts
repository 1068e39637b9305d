import { invalid } from '@relevo/contracts';

const known = /^(customer\.[a-z][a-z0-9_]{0,39}|agent\.name)$/;

/** A placeholder with a slip of the pen would be sent to a customer as it stands. */
export function checkPlaceholders(text: string): void {
  for (const [whole, name = ''] of text.matchAll(/\{\{(.*?)\}\}/gs)) {
    if (!known.test(name)) throw invalid('text', `has a placeholder that nothing stands for: ${whole.slice(0, 60)}`);
  }
  if (/\{\{|\}\}/.test(text.replace(/\{\{.*?\}\}/gs, ''))) throw invalid('text', 'has a placeholder that is not whole');
}
