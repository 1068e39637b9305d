import fc from 'fast-check';
import { originalSubject, replaySubjects, toReplaySubject } from './replay-subject.js';

const word = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/);

describe('a replay subject', () => {
  it('leads back to the subject it was made of', () => {
    fc.assert(
      fc.property(word, word, word, word, fc.constantFrom('internal' as const, 'public' as const), (owner, workspace, aggregate, fact, visibility) => {
        const subject = `evt.${owner}.${workspace}.${visibility}.${aggregate}.${fact}.v1`;
        const replay = toReplaySubject('routing-internal', visibility, subject);
        expect(replay.startsWith(replaySubjects('routing-internal', visibility).slice(0, -1))).toBe(true);
        expect(originalSubject('routing-internal', visibility, replay)).toBe(subject);
      }),
    );
  });

  it('is told from an ordinary one, and from that of another durable', () => {
    const subject = 'evt.routing.acme.internal.ana.agent-changed.v1';
    expect(originalSubject('routing-internal', 'internal', subject)).toBe(subject);
    const other = toReplaySubject('gateway-internal', 'internal', subject);
    expect(originalSubject('routing-internal', 'internal', other)).toBe(other);
  });
});
