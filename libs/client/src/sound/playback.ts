import { errorOf, type RelevoErrorCode } from '../api/error.js';
import type { FileLinks } from '../files/file-links.js';

export interface PlaybackState {
  readonly isPlaying: boolean;
  readonly isLoading: boolean;
  readonly atMs: number;
  readonly rate: number;
  /** As the audio itself says; null until it is read. */
  readonly durationMs: number | null;
  readonly failure: RelevoErrorCode | null;
}

const rates = [1, 1.5, 2] as const;

/** Whoever plays; two at once are not understood. */
let playing: HTMLAudioElement | null = null;

/**
 * One audio, from the first time that it is wanted: nothing is loaded of those that are only looked at. A link that ended is
 * renewed where it had come to.
 */
export class Playback {
  /** It has to stand in the page for whoever looks for what sounds there; it shows nothing. */
  readonly audio = new Audio();
  private state: PlaybackState = { isPlaying: false, isLoading: false, atMs: 0, rate: 1, durationMs: null, failure: null };
  private readonly listeners = new Set<() => void>();
  private isOpen = false;
  private hasFailed = false;
  readonly getSnapshot = (): PlaybackState => this.state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  constructor(
    private readonly attachmentId: string,
    private readonly links: Pick<FileLinks, 'of' | 'doubt'>,
  ) {
    const { audio } = this;
    audio.preload = 'auto';
    audio.addEventListener('timeupdate', () => this.show({ atMs: audio.currentTime * 1000 }));
    audio.addEventListener('durationchange', () => Number.isFinite(audio.duration) && this.show({ durationMs: audio.duration * 1000 }));
    audio.addEventListener('playing', () => {
      this.hasFailed = false;
      this.show({ isPlaying: true, isLoading: false });
    });
    audio.addEventListener('pause', () => this.show({ isPlaying: false, isLoading: false }));
    audio.addEventListener('ended', () => this.show({ isPlaying: false, atMs: 0 }));
    audio.addEventListener('error', () => void this.renew());
  }

  async toggle(): Promise<void> {
    if (this.state.isPlaying) this.audio.pause();
    else await this.play(this.state.atMs);
  }

  /** In ms from the beginning. */
  seek(atMs: number): void {
    this.show({ atMs });
    if (this.isOpen) this.audio.currentTime = atMs / 1000;
  }

  nextRate(): void {
    const rate = rates[(rates.indexOf(this.state.rate as (typeof rates)[number]) + 1) % rates.length] ?? 1;
    this.audio.playbackRate = rate;
    this.show({ rate });
  }

  /** Nobody looks at it any more. */
  stop(): void {
    this.audio.pause();
  }

  private async play(fromMs: number): Promise<void> {
    if (playing !== this.audio) playing?.pause();
    playing = this.audio;
    this.show({ isLoading: true, failure: null });
    try {
      if (!this.isOpen) {
        this.audio.src = await this.links.of(this.attachmentId);
        this.audio.playbackRate = this.state.rate;
        this.isOpen = true;
      }
      if (Math.abs(this.audio.currentTime * 1000 - fromMs) > 50) this.audio.currentTime = fromMs / 1000;
      await this.audio.play();
    } catch (error) {
      // What the element cannot follow or play it tells by `error`; a pause that overtakes is none.
      if (!(error instanceof DOMException)) this.show({ isLoading: false, failure: errorOf(error).code });
    }
  }

  private async renew(): Promise<void> {
    this.isOpen = false;
    this.links.doubt(this.attachmentId);
    if (this.hasFailed) return this.show({ isPlaying: false, isLoading: false, failure: 'UNSUPPORTED_MEDIA' });
    this.hasFailed = true;
    await this.play(this.state.atMs);
  }

  private show(change: Partial<PlaybackState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
