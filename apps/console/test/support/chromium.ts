import { type Browser, chromium } from 'playwright-core';

/** Debian's; `.ci/run` installs it where it is missing. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

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

export const launchChromium = (): Promise<Browser> => chromium.launch({ executablePath, args });
