export { clockText } from './clock-text.js';
export { Playback, type PlaybackState } from './playback.js';
export { isOver, type Recording, type RecorderProblem, type RecorderState, type RecorderStatus } from './recorder.js';
export { partPlayed, placeAt, placeOfKey, type SoundPlace } from './sound-place.js';
export { fileOf } from './voice-file.js';
export { VoiceDraft } from './voice-draft.js';
