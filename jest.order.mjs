import Sequencer from '@jest/test-sequencer';

/** Whole systems first, then what has an engine of its own, then what is pure: the workers end together. */
const rankOf = ({ path }) => (path.includes('/tools/acceptance/') ? 0 : 2) + (path.endsWith('.int-spec.ts') ? 0 : 1);

/** The long files first, also where no run before tells which they are. */
export default class LongFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
