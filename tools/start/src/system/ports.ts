import { takePort } from '@relevo/local-stack';

const highestPort = 65_535;

/** Takes the first `count` free ports from `first` upwards: people find what they know, or its neighbour. */
export async function portsFrom(first: number, count: number, take: (port: number) => Promise<boolean> = takePort): Promise<number[]> {
  const found: number[] = [];
  for (let port = first; found.length < count; port++) {
    if (port > highestPort) throw new Error(`There are no ${count} free ports from ${first} upwards.`);
    if (await take(port)) found.push(port);
  }
  return found;
}

/** Takes exactly `count` ports from `first`, which somebody asked for by number: another one would not do. */
export async function portsAt(first: number, count: number, take: (port: number) => Promise<boolean> = takePort): Promise<number[]> {
  const wanted = Array.from({ length: count }, (_, index) => first + index);
  for (const port of wanted) {
    if (port > highestPort || !(await take(port))) throw new Error(`Port ${port} is taken.`);
  }
  return wanted;
}
