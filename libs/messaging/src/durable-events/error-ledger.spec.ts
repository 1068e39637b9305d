import { type JetStreamClient, JetStreamError, type JetStreamManager } from '@nats-io/jetstream';
import { ErrorLedger } from './error-ledger.js';
import { isOutOfReach } from './failure.js';

describe('ErrorLedger', () => {
  it('is out of reach, and nobody to blame, whatever JetStream says', async () => {
    const fail = () => Promise.reject(new JetStreamError('no suitable peers'));
    const ledger = new ErrorLedger({ publish: fail } as unknown as JetStreamClient, { direct: { getMessage: fail } } as unknown as JetStreamManager, 'probe-internal');
    for (const attempt of [ledger.read('1'), ledger.write('1', 1)]) {
      expect(isOutOfReach(await attempt.catch((error: unknown) => error))).toBe(true);
    }
  });
});
