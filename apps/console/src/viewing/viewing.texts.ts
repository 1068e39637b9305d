import { texts } from '../i18n/texts';

export const viewingTexts = texts(
  {
    viewing_one: '{{names}} también lo está viendo',
    viewing_other: '{{names}} también lo están viendo',
    writing_one: '{{names}} está escribiendo una respuesta',
    writing_other: '{{names}} están escribiendo una respuesta',
  },
  {
    viewing_one: '{{names}} is looking at it, too',
    viewing_other: '{{names}} are looking at it, too',
    writing_one: '{{names}} is writing a reply',
    writing_other: '{{names}} are writing a reply',
  },
  {
    viewing_one: '{{names}} também está vendo',
    viewing_other: '{{names}} também estão vendo',
    writing_one: '{{names}} está escrevendo uma resposta',
    writing_other: '{{names}} estão escrevendo uma resposta',
  },
);
