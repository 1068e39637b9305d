import type { AgentView, MeView } from '@relevo/contracts';
import { RelevoError } from '../api/error.js';
import { Directory, type DirectoryRequests } from './directory.js';

const me = { id: 'ana', settings: { locale: 'pt' }, workspace: { id: 'w' } } as unknown as MeView;

/** All lists are empty. */
function aDirectory(askMe: () => Promise<MeView> = () => Promise.resolve(me)): { directory: Directory; asked: string[] } {
  const asked: string[] = [];
  const ask = (name: string): Promise<unknown> => {
    asked.push(name);
    return Promise.resolve(name === 'GET /policy' ? {} : { items: [], nextCursor: null });
  };
  const directory = new Directory({ ask: ask as DirectoryRequests['ask'], me: askMe });
  directory.hear({ name: 'ready', payload: { agent: { id: 'ana' } as AgentView, cursor: 'e.1', resumed: false } });
  return { directory, asked };
}

const refused = (code: 'UNREACHABLE' | 'FORBIDDEN'): RelevoError => new RelevoError({ code, message: '' });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('is asked for until it is answered: nothing else asks for it again', async () => {
  const askMe = jest.fn<Promise<MeView>, []>().mockRejectedValueOnce(refused('UNREACHABLE')).mockResolvedValue(me);
  const { directory } = aDirectory(askMe);
  const loaded = directory.load();
  await jest.advanceTimersByTimeAsync(1_000);
  await loaded;
  expect(directory.settings.getSnapshot()).toEqual({ locale: 'pt' });
});

it('is asked for no more once it is refused, or nobody is signed in', async () => {
  const { directory } = aDirectory(() => Promise.reject(refused('FORBIDDEN')));
  await expect(directory.load()).rejects.toMatchObject({ code: 'FORBIDDEN' });

  const { directory: left, asked } = aDirectory(() => Promise.reject(refused('UNREACHABLE')));
  const given = expect(left.load()).rejects.toMatchObject({ code: 'ABORTED' });
  await jest.advanceTimersByTimeAsync(0);
  left.clear();
  await given;
  const { length } = asked;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(length);
});
