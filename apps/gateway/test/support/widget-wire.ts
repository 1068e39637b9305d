import type { Stack } from '@relevo/local-stack';
import { Cable } from './cable.js';

const publicSubjects = [/^rpc\.[a-z]+\.public-[a-z-]+\.v1$/, /^\$JS\.API\.STREAM\.INFO\.PUBLIC$/, /^\$JS\.API\.CONSUMER\.[A-Z.]+\.PUBLIC\.\S+$/, /^_INBOX_widget\./, /^live\.conversations\.\*\.public\.(typing|voice)\.v1$/];

/** The widget's own connection to NATS, read on the way; it can be pulled. */
export class WidgetWire {
  private sent = '';

  private constructor(readonly cable: Cable) {}

  static async to(stack: Stack): Promise<WidgetWire> {
    const cable = await Cable.to(stack.nats.urlFor('widget'), (bytes) => (wire.sent += bytes.toString('latin1')));
    const wire = new WidgetWire(cable);
    return wire;
  }

  /** That these were asked or told over it, and that nothing but what is public was. */
  expectPublicOnly(...asked: readonly string[]): void {
    const subjects = new Set([...this.sent.matchAll(/(?:^|\r\n)(?:PUB|HPUB|SUB) (\S+)/g)].map(([, subject]) => subject!));
    expect([...subjects].filter((subject) => !publicSubjects.some((pattern) => pattern.test(subject)))).toEqual([]);
    for (const subject of asked) expect(subjects).toContain(subject);
    // Of all workspaces' streams, and of any other visibility, nothing.
    expect(this.sent).not.toMatch(/evt\.[^"\s]*\.internal\./);
  }
}
