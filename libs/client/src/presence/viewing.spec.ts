import { RelevoError } from '../api/error.js';
import { Viewing } from './viewing.js';

const ana = { id: 'ana', name: 'Ana' };
const beto = { id: 'beto', name: 'Beto' };

function aDesk(): { viewing: Viewing; said: string[]; refuse: (code: 'RATE_LIMITED' | 'NOT_FOUND' | null) => void } {
  const said: string[] = [];
  let code: 'RATE_LIMITED' | 'NOT_FOUND' | null = null;
  const viewing = new Viewing(
    (event, id) => {
      said.push(`${event} ${id}`);
      return code === null ? Promise.resolve({}) : Promise.reject(new RelevoError({ code, message: code }));
    },
    () => 'ana',
  );
  return { viewing, said, refuse: (next) => (code = next) };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('tells what the agent has open once they stay, until they close it everywhere', async () => {
  const { viewing, said } = aDesk();
  viewing.open('passed')();
  const shut = viewing.open('c1');
  const shutAgain = viewing.open('c1');
  await jest.advanceTimersByTimeAsync(250);
  expect(said).toEqual(['viewing.start c1']);
  shut();
  shut();
  expect(said).toHaveLength(1);
  shutAgain();
  expect(said).toEqual(['viewing.start c1', 'viewing.stop c1']);
});

it('shows who else looks while it is open, and not the agent themselves', () => {
  const { viewing } = aDesk();
  viewing.hear({ conversationId: 'c1', agents: [beto] });
  expect(viewing.of('c1').getSnapshot()).toEqual([]);
  const shut = viewing.open('c1');
  viewing.hear({ conversationId: 'c1', agents: [ana, beto] });
  expect(viewing.of('c1').getSnapshot()).toEqual([beto]);
  shut();
  expect(viewing.of('c1').getSnapshot()).toEqual([]);
});

it('tells it again to a connection that knows of nothing, and shows nobody meanwhile', async () => {
  const { viewing, said } = aDesk();
  viewing.open('c1');
  await jest.advanceTimersByTimeAsync(250);
  viewing.hear({ conversationId: 'c1', agents: [beto] });
  viewing.lost();
  expect(viewing.of('c1').getSnapshot()).toEqual([]);
  viewing.again();
  await jest.advanceTimersByTimeAsync(0);
  expect(said).toEqual(['viewing.start c1', 'viewing.start c1']);
});

it('tries again what a limit held up, and not what is refused', async () => {
  const { viewing, said, refuse } = aDesk();
  refuse('RATE_LIMITED');
  viewing.open('c1');
  await jest.advanceTimersByTimeAsync(250);
  refuse('NOT_FOUND');
  await jest.advanceTimersByTimeAsync(10_000);
  expect(said).toEqual(['viewing.start c1', 'viewing.start c1']);
});
