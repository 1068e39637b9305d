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

/** A microphone that hears a beep each second, and may be used without a question. */
const microphone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required'];

export interface BrowserWish {
  readonly kind?: keyof typeof debians;
  /** With a microphone; without the wish there is none. */
  readonly hasMicrophone?: boolean;
}

/** The light one where it is installed, unless the whole is wanted. `CHROMIUM` names another; `.ci/run` installs both. */
export function launchChromium({ kind = 'light', hasMicrophone = false }: BrowserWish = {}): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? (existsSync(debians[kind]) ? debians[kind] : debians.whole);
  return chromium.launch({ executablePath, args: hasMicrophone ? [...args, ...microphone] : args });
}
