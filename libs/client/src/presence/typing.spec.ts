import { Presence } from './presence.js';
import { Typing } from './typing.js';

const beto = { kind: 'agent' as const, id: 'beto', name: 'Beto' };
const lucia = { kind: 'customer' as const, id: 'lucia', name: 'Lucía' };

let said: string[];
let typing: Typing;

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
  said = [];
  typing = new Typing((event, conversationId) => said.push(`${event} ${conversationId}`));
});
afterEach(() => jest.useRealTimers());

describe('who writes', () => {
  it('is shown until they leave off, or say nothing more', () => {
    const writers = typing.of('a');
    typing.hear({ conversationId: 'a', actor: beto });
    typing.hear({ conversationId: 'a', actor: lucia });
    expect(writers.getSnapshot()).toEqual([beto, lucia]);
    expect(typing.of('b').getSnapshot()).toEqual([]);
    typing.hear({ conversationId: 'a', actor: beto, stopped: true });
    expect(writers.getSnapshot()).toEqual([lucia]);
    jest.advanceTimersByTime(5_000);
    typing.hear({ conversationId: 'a', actor: lucia });
    jest.advanceTimersByTime(5_000);
    expect(writers.getSnapshot()).toEqual([lucia]);
    jest.advanceTimersByTime(3_000);
    expect(writers.getSnapshot()).toEqual([]);
  });
});

describe('the agent’s own writing', () => {
  it('is told again while it goes on, and its end when they pause, send, or look elsewhere', () => {
    for (let keys = 0; keys < 40; keys++) {
      typing.writing('a');
      jest.advanceTimersByTime(100);
    }
    expect(said).toEqual(['typing.start a', 'typing.start a']);
    jest.advanceTimersByTime(6_000);
    expect(said.splice(0)).toEqual(['typing.start a', 'typing.start a', 'typing.stop a']);
    typing.writing('a');
    typing.writing('b');
    typing.leftOff();
    typing.leftOff();
    expect(said).toEqual(['typing.start a', 'typing.stop a', 'typing.start b', 'typing.stop b']);
  });
});

it('that the agent is there is told at once, then once a minute while they do something, and not after', () => {
  let beats = 0;
  const presence = new Presence(() => Promise.resolve(++beats));
  for (let seconds = 0; seconds < 170; seconds++) {
    presence.touch();
    jest.advanceTimersByTime(1_000);
  }
  expect(beats).toBe(3);
  // What they did last is told too, and then nothing more.
  jest.advanceTimersByTime(600_000);
  expect(beats).toBe(4);
  presence.stop();
});
