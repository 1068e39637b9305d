import type { Recorded } from '../files/upload.js';
import { peaksOf } from './peaks.js';

/** `refused`: by whoever was asked, or by the browser's settings. */
export type RecorderProblem = 'refused' | 'missing' | 'unsupported' | 'failed';

export type RecorderStatus = 'asking' | 'recording' | 'paused' | 'recorded' | RecorderProblem;

export interface RecorderState {
  readonly status: RecorderStatus;
  /** Recorded so far, without pauses. */
  readonly ms: number;
  /** Of the microphone now, 0 to 1. */
  readonly level: number;
  /** Of `recorded`. */
  readonly recording: Recording | null;
}

export interface Recording {
  readonly content: Blob;
  readonly voice: Recorded;
}

/** The first that a browser knows; the gateway takes all of them. */
const mediaTypes = ['audio/webm;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
const bitsPerSecond = 32_000;
const lookMs = 100;
/** More than is heard between two looks, at any usual rate, so that no sound falls between them. */
const fftSize = 8_192;
/** A level that was shown falls by so much at each look: a short sound is seen, too. */
const fall = 0.7;

const problems: Readonly<Record<string, RecorderProblem>> = { NotAllowedError: 'refused', SecurityError: 'refused', NotFoundError: 'missing' };

export const isOver = (status: RecorderStatus): status is RecorderProblem => status !== 'asking' && status !== 'recording' && status !== 'paused' && status !== 'recorded';

/** One recording from the microphone, from the question whether it may be used to the file. */
export class Recorder {
  private state: RecorderState = { status: 'asking', ms: 0, level: 0, recording: null };
  private readonly listeners = new Set<() => void>();
  private readonly levels: number[] = [];
  private readonly chunks: Blob[] = [];
  private stream: MediaStream | null = null;
  private media: MediaRecorder | null = null;
  private sound: AudioContext | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  /** When it last went on, and what was recorded before. */
  private since = 0;
  private before = 0;
  /** Of the question that is being asked; one that nobody waits for any more changes nothing. */
  private attempt = 0;
  readonly getSnapshot = (): RecorderState => this.state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  async start(): Promise<void> {
    // Neither is there on a page that came over plain HTTP.
    if (!('mediaDevices' in navigator) || typeof MediaRecorder === 'undefined') return this.show({ status: 'unsupported' });
    const attempt = ++this.attempt;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
      if (attempt !== this.attempt) return stopTracks(stream);
      this.stream = stream;
      this.record(stream);
    } catch (error) {
      this.release();
      this.show({ status: problems[error instanceof DOMException ? error.name : ''] ?? 'failed' });
    }
  }

  pause(): void {
    if (this.state.status !== 'recording') return;
    this.media?.pause();
    this.before = this.recordedMs;
    this.show({ status: 'paused', level: 0, ms: this.before });
  }

  resume(): void {
    if (this.state.status !== 'paused') return;
    this.media?.resume();
    this.since = performance.now();
    this.show({ status: 'recording' });
  }

  /** What was recorded; null where nothing was. The microphone is let go. */
  async finish(): Promise<Recording | null> {
    const { media } = this;
    if (this.state.recording) return this.state.recording;
    if (!media || media.state === 'inactive') return null;
    const durationMs = Math.round(this.recordedMs);
    const { promise, resolve } = Promise.withResolvers<void>();
    media.addEventListener('stop', () => resolve(), { once: true });
    media.stop();
    await promise;
    this.release();
    const recording = { content: new Blob(this.chunks, { type: media.mimeType.split(';')[0] }), voice: { durationMs, peaks: peaksOf(this.levels) } };
    this.show({ status: 'recorded', ms: durationMs, level: 0, recording });
    return recording;
  }

  /** Lets everything go. */
  discard(): void {
    this.attempt += 1;
    if (this.media?.state !== 'inactive') this.media?.stop();
    this.release();
  }

  private get recordedMs(): number {
    return this.before + (this.state.status === 'recording' ? performance.now() - this.since : 0);
  }

  private record(stream: MediaStream): void {
    const mimeType = mediaTypes.find((type) => MediaRecorder.isTypeSupported(type));
    const media = (this.media = new MediaRecorder(stream, { ...(mimeType !== undefined && { mimeType }), audioBitsPerSecond: bitsPerSecond }));
    media.addEventListener('dataavailable', ({ data }) => void this.chunks.push(data));
    // The device was pulled out, or taken away.
    stream.getAudioTracks()[0]?.addEventListener('ended', () => void this.finish());
    const analyser = this.analyserOf(stream);
    media.start();
    this.since = performance.now();
    this.show({ status: 'recording' });
    this.timer = setInterval(() => this.look(analyser), lookMs);
  }

  private analyserOf(stream: MediaStream): AnalyserNode {
    this.sound = new AudioContext();
    const analyser = this.sound.createAnalyser();
    analyser.fftSize = fftSize;
    this.sound.createMediaStreamSource(stream).connect(analyser);
    return analyser;
  }

  private look(analyser: AnalyserNode): void {
    if (this.state.status !== 'recording') return;
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    const level = Math.min(1, Math.max(...samples.map(Math.abs)));
    this.levels.push(level);
    this.show({ level: Math.max(level, this.state.level * fall), ms: this.recordedMs });
  }

  private release(): void {
    clearInterval(this.timer);
    if (this.stream) stopTracks(this.stream);
    void this.sound?.close();
    this.stream = null;
    this.sound = null;
  }

  private show(change: Partial<RecorderState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
