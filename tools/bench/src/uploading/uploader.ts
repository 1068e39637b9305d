// Uploads from a process of its own: what it sends must not stand in the way of the messages that are timed.
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { UploadsDone, UploadsWanted } from './start-uploads.js';

const pieceBytes = 64 * 1024;
const piece = randomBytes(pieceBytes);

const connections = new Agent({ maxSockets: Infinity });

/** A form as browsers send it, as fast as the gateway takes it. */
async function upload({ gatewayUrl, token, bytes }: UploadsWanted): Promise<void> {
  const boundary = randomUUID();
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="delivery.bin"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const foot = `\r\n--${boundary}--\r\n`;
  const sending = request(`${gatewayUrl}/v1/attachments`, {
    agent: connections,
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': head.length + bytes + foot.length },
  });
  const answered = once(sending, 'response') as Promise<[{ statusCode: number; resume(): void }]>;
  // It may be answered, or fail, before all is sent.
  answered.catch(() => undefined);
  sending.write(head);
  let isAnswered = false;
  const settle = (): void => void (isAnswered = true);
  void answered.then(settle, settle);
  for (let left = bytes; left > 0 && !isAnswered; left -= pieceBytes) {
    if (!sending.write(left < pieceBytes ? piece.subarray(0, left) : piece)) await Promise.race([once(sending, 'drain'), answered]);
  }
  sending.end(foot);
  const [response] = await answered;
  response.resume();
  if (response.statusCode !== 200) throw new Error(`An upload was answered ${response.statusCode}`);
}

process.once('message', (wanted: UploadsWanted) => {
  const startedAt = performance.now();
  Promise.all(Array.from({ length: wanted.uploads }, () => upload(wanted))).then(
    () => tell({ tookMs: performance.now() - startedAt }),
    (error: unknown) => tell({ error: String(error) }),
  );
});

function tell(done: UploadsDone): void {
  process.send?.(done, () => process.exit());
}
