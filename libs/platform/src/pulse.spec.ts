import { Pulse } from './pulse.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('tells a process that was kept from running between two beats from one that was a little late', () => {
  const pulse = new Pulse(1_000);
  for (const [passed, heldUp] of [[1_000, false], [1_900, false], [2_100, true], [1_000, false]] as const) {
    jest.advanceTimersByTime(passed);
    expect(pulse.wasHeldUp()).toBe(heldUp);
  }
});
