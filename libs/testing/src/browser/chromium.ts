import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's. The one without windows costs half as much, and has no notifications: it denies them to everybody. */
const debians = { light: '/usr/bin/chromium-headless-shell', whole: '/usr/bin/chromium' } as const;

/** Without a display, a sandbox (tests may run as root) or anything that a browser does by itself. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The light one where it is installed, unless the whole is wanted. `CHROMIUM` names another; `.ci/run` installs both. */
export function launchChromium(wanted: keyof typeof debians = 'light'): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? (existsSync(debians[wanted]) ? debians[wanted] : debians.whole);
  return chromium.launch({ executablePath, args });
}
