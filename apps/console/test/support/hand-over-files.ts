import type { Locator, Page } from 'playwright-core';

/** A file that somebody drags or copies; `bytes` are made in the page, since so many would be slow to bring there. */
export interface HandedFile {
  readonly name: string;
  readonly type?: string;
  readonly text?: string;
  readonly bytes?: number;
}

const transferOf = (page: Page, files: readonly HandedFile[]) =>
  page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, type = '', text = '', bytes } of given) transfer.items.add(new File([bytes === undefined ? text : new Uint8Array(bytes)], name, { type }));
    return transfer;
  }, files);

/** Drags files over an element; they are let go of by `drop`. */
export async function dragFiles(page: Page, over: Locator, files: readonly HandedFile[]): Promise<{ drop: () => Promise<void> }> {
  const dataTransfer = await transferOf(page, files);
  for (const type of ['dragenter', 'dragover']) await over.dispatchEvent(type, { dataTransfer });
  return { drop: () => over.dispatchEvent('drop', { dataTransfer }) };
}

export async function pasteFiles(page: Page, into: Locator, files: readonly HandedFile[]): Promise<void> {
  const transfer = await transferOf(page, files);
  await into.evaluate((field, clipboardData) => field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })), transfer);
}
