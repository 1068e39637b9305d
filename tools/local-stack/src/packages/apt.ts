import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';

import { run } from '../processes/run.js';
import { findMirror, type Mirror, type SourcesFile } from './mirror.js';

/** Named, not "testing": the engine stays what it was tried with after forky's release. */
export const suite = 'forky';

const etcApt = '/etc/apt';
const debianKeys = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** A package file as the signed index of the suite lists it. */
export interface PackageFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** apt with a state of its own: it neither reads nor changes what is installed on the machine, and needs no root. */
export class PrivateApt {
  private constructor(
    private readonly config: string,
    private readonly architecture: string,
  ) {}

  static async open(dir: string, architecture: string): Promise<PrivateApt> {
    const mirror = findMirror(await machineSources());
    if (mirror === undefined) throw new Error("the machine's apt sources name no mirror of Debian");
    for (const each of ['lists/partial', 'cache/archives/partial', 'sources']) await mkdir(join(dir, each), { recursive: true });
    await writeFile(join(dir, 'status'), '');
    await writeFile(join(dir, 'sources', 'relevo.sources'), sourcesOf(mirror));
    const config = join(dir, 'apt.conf');
    await writeFile(config, configOf(dir, architecture));
    return new PrivateApt(config, architecture);
  }

  async update(): Promise<void> {
    // Without the option a mirror that cannot be reached is a warning, and an index of long ago serves silently.
    await this.apt('apt-get', ['update', '-qq', '-o', 'APT::Update::Error-Mode=any']);
  }

  async namesStartingWith(prefix: string): Promise<string[]> {
    return lines(await this.apt('apt-cache', ['pkgnames', prefix]));
  }

  /** Names of all that an installation on an empty machine would bring. */
  async closureOf(packages: readonly string[]): Promise<string[]> {
    const plan = await this.apt('apt-get', ['install', '-s', '-qq', ...packages]);
    return lines(plan).flatMap((line) => /^Inst (\S+)/.exec(line)?.[1] ?? []);
  }

  async filesOf(packages: readonly string[]): Promise<PackageFile[]> {
    const listed = await this.apt('apt-get', ['download', '--print-uris', ...packages]);
    return lines(listed).flatMap((line) => {
      const [, file, bytes, sha256] = /^'.*' (\S+) (\d+) SHA256:([0-9a-f]{64})$/.exec(line) ?? [];
      return file && bytes && sha256 ? [{ file, bytes: Number(bytes), sha256 }] : [];
    });
  }

  /** Into `dir`; apt checks each against the index. */
  async download(packages: readonly string[], dir: string): Promise<void> {
    await this.apt('apt-get', ['download', '-qq', ...packages.map((name) => `${name}:${this.architecture}`)], dir);
  }

  private async apt(command: 'apt-get' | 'apt-cache', args: readonly string[], cwd?: string): Promise<string> {
    return run(command, ['-c', this.config, ...args], { env: { ...process.env, LC_ALL: 'C' }, ...(cwd ? { cwd } : {}) });
  }
}

/** The package that a file of the index is of: `libc6_2.42-1_amd64.deb`. */
export const packageOf = (file: string): string => file.slice(0, file.indexOf('_'));

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

async function machineSources(): Promise<SourcesFile[]> {
  const parts = join(etcApt, 'sources.list.d');
  const names = existsSync(parts) ? (await readdir(parts)).sort().map((name) => join(parts, name)) : [];
  const files = [join(etcApt, 'sources.list'), ...names].filter((name) => ['.list', '.sources'].includes(extname(name)));
  return Promise.all(
    files.filter((name) => existsSync(name)).map(async (name) => ({ name: basename(name), text: await readFile(name, 'utf8') })),
  );
}

function sourcesOf({ uri, signedBy }: Mirror): string {
  const keys = signedBy ?? (existsSync(debianKeys) ? debianKeys : undefined);
  // Packages alone: descriptions, icons and lists of contents are several times their size.
  return [`Types: deb`, `URIs: ${uri}`, `Suites: ${suite}`, `Components: main`, `Targets: Packages`, ...(keys ? [`Signed-By: ${keys}`] : []), ''].join('\n');
}

function configOf(dir: string, architecture: string): string {
  return `
Dir::Etc::sourcelist "/dev/null"; Dir::Etc::sourceparts "${dir}/sources"; Dir::Etc::preferences "/dev/null"; Dir::Etc::preferencesparts "/dev/null";
Dir::State "${dir}"; Dir::State::lists "${dir}/lists"; Dir::State::status "${dir}/status"; Dir::State::extended_states "${dir}/extended_states";
Dir::Cache "${dir}/cache"; Dir::Cache::archives "${dir}/cache/archives"; Dir::Cache::pkgcache "pkgcache.bin"; Dir::Cache::srcpkgcache "srcpkgcache.bin";
#clear APT::Architectures; APT::Architecture "${architecture}"; APT::Architectures { "${architecture}"; };
#clear APT::Update::Post-Invoke; #clear APT::Update::Post-Invoke-Success; #clear APT::Update::Pre-Invoke;
APT::Sandbox::User ""; APT::Install-Recommends "false"; APT::Default-Release ""; Acquire::Languages "none"; Acquire::PDiffs "false"; Acquire::Retries "2"; Debug::NoLocking "true";
`;
}
