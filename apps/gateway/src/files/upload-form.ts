import { AppError, type AttachmentView, invalid } from '@relevo/contracts';
import type { Request } from 'express';
import type { Intake, Owner, Spoken } from './intake.js';
import { readForm } from './read-form.js';
import type { UploadRecord } from './upload.schema.js';
import { attachmentOf, type Received } from './uploads.js';

/** Longest voice message that anybody sends, in milliseconds. */
const maxDurationMs = 4 * 60 * 60 * 1000;

function spokenIn({ voice = 'false', durationMs, ...others }: Readonly<Record<string, string>>): Spoken {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw invalid(unknown, 'is not a field of this form');
  if (voice !== 'true' && voice !== 'false') throw invalid('voice', 'must be true or false');
  if (durationMs === undefined) return { isVoice: voice === 'true', durationMs: null };
  const given = /^\d{1,10}$/.test(durationMs) ? Number(durationMs) : NaN;
  if (!(given <= maxDurationMs)) throw invalid('durationMs', `must be a whole number of at most ${maxDurationMs}`);
  return { isVoice: voice === 'true', durationMs: given };
}

/** Stores the file of a form; `complete` makes an attachment of it, or refuses. Refused, it leaves nothing behind. */
export async function receiveUpload(
  intake: Intake,
  request: Request,
  whose: Owner,
  complete: (received: Received, spoken: Spoken) => Promise<UploadRecord>,
): Promise<AttachmentView> {
  let received: Received | null = null;
  try {
    // The form is hardly more than its file.
    const { 'content-length': length } = request.headers;
    const offered = length === undefined ? {} : { bytes: Number(length) };
    const form = await readForm(request, intake.stopping, async (file) => (received = await intake.receive(whose, { ...file, ...offered })));
    received = form.taken;
    return attachmentOf(await complete(received, spokenIn(form.fields)));
  } catch (error) {
    if (received) await intake.discard(received.record);
    // Its sender is gone: there is nobody to be told anything else.
    throw request.destroyed && !(error instanceof AppError) ? new AppError('VALIDATION_FAILED', 'The form did not arrive whole.', { cause: error }) : error;
  }
}
