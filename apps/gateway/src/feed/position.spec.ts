import { cursorOf, epochOf, readCursor } from './position.js';

describe('a cursor', () => {
  it('is read as it was written', () => {
    const position = { epoch: epochOf('2026-11-23T10:00:00.123456789Z'), seq: 9_007_199_254 };
    expect(readCursor(cursorOf(position))).toEqual(position);
    expect(readCursor('e.0')).toEqual({ epoch: 'e', seq: 0 });
  });

  it.each([[''], ['.'], ['7'], ['e.'], ['.7'], ['e.-1'], ['e.1.5'], ['e.07'], ['e.1e3'], ['E.1'], [' e.1'], ['e.1\n'], ['e.9999999999999999'], [7], [true], [{}], [['e.1']], [null]])(
    'is not %j',
    (given) => expect(readCursor(given)).toBeNull(),
  );
});
