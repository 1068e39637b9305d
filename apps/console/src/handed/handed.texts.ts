import { texts } from '../i18n/texts';

export const handedTexts = texts(
  {
    toYou: '{{name}} te la derivó',
    toTeam: '{{name}} la derivó a tu equipo',
  },
  {
    toYou: '{{name}} transferred it to you',
    toTeam: '{{name}} transferred it to your team',
  },
  {
    toYou: '{{name}} transferiu para você',
    toTeam: '{{name}} transferiu para sua equipe',
  },
);
