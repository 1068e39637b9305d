import type { Upload } from './upload.js';

/** The form of `POST /attachments`: fields before the file, so that they are known when its bytes come. */
export function formOf({ name, content, voice }: Pick<Upload, 'name' | 'content' | 'voice'>): FormData {
  const form = new FormData();
  if (voice) {
    form.set('voice', 'true');
    form.set('durationMs', String(Math.round(voice.durationMs)));
  }
  form.set('file', content, name);
  return form;
}
