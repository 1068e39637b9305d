import { globSync, readFileSync } from 'node:fs';

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const read = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8')) as Manifest;

const root = read('package.json');
const projects: string[] = globSync('{apps,libs,tools}/*/package.json').map((path) => path.replace('/package.json', ''));

/** Packages that these files import: `@scope/name` or `name`. */
function importedBy(files: readonly string[]): string[] {
  const statements = /^(?:import|(?:import|export)\b[^'\n]*\bfrom) '([^'\n]+)'|^\} from '([^'\n]+)'|\bimport\('([^'\n]+)'\)/gm;
  const found = new Set<string>();
  for (const file of files) {
    for (const [, whole, closing, dynamic] of readFileSync(file, 'utf8').matchAll(statements)) {
      const specifier = whole ?? closing ?? dynamic ?? '';
      if (specifier.startsWith('.') || specifier.startsWith('node:')) continue;
      found.add(specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'));
    }
  }
  return [...found].sort();
}

// An image installs a service's own tree: what its manifest does not name is not there.
describe.each(projects)('%s', (project) => {
  const { name, dependencies = {}, devDependencies = {} } = read(`${project}/package.json`);
  const isSpec = (file: string): boolean => file.endsWith('.spec.ts');
  const sources = globSync(`${project}/src/**/*.{ts,tsx}`);
  const others = (used: string): boolean => used !== name;

  it('declares what its sources import', () => {
    const used = importedBy(sources.filter((file) => !isSpec(file))).filter(others);
    expect(used.filter((dependency) => !(dependency in dependencies))).toEqual([]);
  });

  it('declares what its tests import', () => {
    const used = importedBy([...sources.filter(isSpec), ...globSync(`${project}/test/**/*.ts`)]).filter(others);
    expect(used.filter((dependency) => !(dependency in dependencies) && !(dependency in devDependencies))).toEqual([]);
  });

  it('names each version exactly, and the same as the root', () => {
    const all = Object.entries({ ...dependencies, ...devDependencies });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    const versions: Record<string, string> = { ...root.dependencies, ...root.devDependencies };
    const drifted = all.filter(([dependency, version]) => /^\d+\.\d+\.\d+$/.test(versions[dependency] ?? '') && versions[dependency] !== version);
    expect(drifted).toEqual([]);
  });
});
