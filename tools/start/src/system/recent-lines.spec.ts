import { RecentLines } from './recent-lines.js';

it('puts lines together from text that is cut anywhere, and keeps the last ones', () => {
  const heard: string[] = [];
  const lines = new RecentLines(2, (line) => heard.push(line));
  for (const text of ['on', 'e\ntwo\nth', 'ree\n', 'fo']) lines.write(text);
  expect(heard).toEqual(['one', 'two', 'three']);
  expect(lines.all()).toEqual(['two', 'three', 'fo']);
});
