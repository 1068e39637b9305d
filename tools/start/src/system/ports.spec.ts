import { portsAt, portsFrom } from './ports.js';

const except =
  (...taken: number[]) =>
  (port: number) =>
    Promise.resolve(!taken.includes(port));

it('gives the first free ports from a habit upwards', async () => {
  await expect(portsFrom(3000, 2, except())).resolves.toEqual([3000, 3001]);
  await expect(portsFrom(3000, 3, except(3000, 3002))).resolves.toEqual([3001, 3003, 3004]);
  await expect(portsFrom(65_535, 2, except())).rejects.toThrow('65535');
});

it('gives exactly what was asked for by number, or names what is taken', async () => {
  await expect(portsAt(8080, 2, except())).resolves.toEqual([8080, 8081]);
  await expect(portsAt(8080, 2, except(8081))).rejects.toThrow('Port 8081 is taken.');
});
