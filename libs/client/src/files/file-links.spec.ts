import { FileLinks } from './file-links.js';

const lifetimeMs = 5 * 60_000;

function someLinks(): { links: FileLinks; asked: string[]; fail: (error: Error) => void } {
  const asked: string[] = [];
  let failure: Error | null = null;
  const links = new FileLinks({
    base: () => 'https://chat.example',
    ask: (id, variant) => {
      asked.push(`${variant} ${id}`);
      if (failure) return Promise.reject(failure);
      return Promise.resolve({ url: `/${variant}/${id}/${asked.length}`, expiresAt: new Date(Date.now() + lifetimeMs).toISOString() });
    },
  });
  return { links, asked, fail: (error) => (failure = error) };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('links to files', () => {
  it('are asked for once, however many ask, until shortly before they end', async () => {
    const { links, asked } = someLinks();
    const first = await Promise.all([links.of('f'), links.of('f'), links.of('f', 'thumbnail')]);
    expect(first).toEqual(['https://chat.example/content/f/1', 'https://chat.example/content/f/1', 'https://chat.example/thumbnail/f/2']);
    jest.advanceTimersByTime(lifetimeMs - 31_000);
    expect(await links.of('f')).toBe(first[0]);
    jest.advanceTimersByTime(2_000);
    expect(await Promise.all([links.of('f'), links.of('f')])).toEqual(['https://chat.example/content/f/3', 'https://chat.example/content/f/3']);
    expect(asked).toHaveLength(3);
  });

  it('are asked for anew when one could not be followed, and after a failure', async () => {
    const { links, fail } = someLinks();
    await links.of('f');
    links.doubt('f');
    expect(await links.of('f')).toBe('https://chat.example/content/f/2');
    fail(new Error('gone'));
    links.doubt('f');
    await expect(links.of('f')).rejects.toThrow('gone');
    await expect(links.of('f')).rejects.toThrow('gone');
  });
});
