import type { Store } from '../store/cell.js';
import { Recorder, type RecorderState, type Recording } from './recorder.js';

/** Shorter than this, in ms, was a slip of the finger. */
const shortestMs = 300;

/** What can be put to any place, loaded when something is to be sent; without it a recording goes as it is. */
async function prepared(recording: Recording): Promise<Recording> {
  try {
    const { seekable } = await import('./seekable.js');
    return { ...recording, content: await seekable(recording.content) };
  } catch {
    return recording;
  }
}

/** One voice message, from the question for the microphone until it is sent, discarded, or left where it is. */
export class VoiceDraft implements Store<RecorderState> {
  private readonly recorder = new Recorder();
  readonly getSnapshot = this.recorder.getSnapshot;
  readonly subscribe = this.recorder.subscribe;
  private isDone = false;

  /** Whatever is shown twice, as in a strict render, starts it once. */
  begin(): void {
    if (this.getSnapshot().status === 'asking') void this.recorder.start();
  }

  pause(): void {
    this.recorder.pause();
  }

  resume(): void {
    this.recorder.resume();
  }

  /** To be listened to. */
  async finish(): Promise<void> {
    await this.recorder.finish();
  }

  discard(): void {
    this.isDone = true;
    this.recorder.discard();
  }

  /** To be sent; null where nothing was recorded. */
  async take(): Promise<Recording | null> {
    const made = await this.recorder.finish();
    this.isDone = true;
    return made && prepared(made);
  }

  /** Whoever goes away without having sent or discarded it: null, or what they would lose. */
  async leave(): Promise<Recording | null> {
    if (this.isDone) return null;
    if (this.getSnapshot().ms >= shortestMs) return this.recorder.finish();
    this.recorder.discard();
    return null;
  }
}
