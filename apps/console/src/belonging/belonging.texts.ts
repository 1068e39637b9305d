import { texts } from '../i18n/texts';

/** Whose a customer is, and whether they reach anybody. */
export const belongingTexts = texts(
  {
    actions: 'Acciones del cliente {{name}}',
    take: 'Ser su agente',
    dropOwn: 'Dejar de ser su agente',
    drop: 'Dejarlo sin agente propio',
    give: 'Asignarle un agente',
    merge: 'Unir con otro cliente…',
    block: 'Bloquear',
    unblock: 'Desbloquear',
    blockTitle: 'Bloquear a {{name}}',
    blockWords: 'Lo que escriba por cualquiera de sus canales no llegará a nadie, hasta que lo desbloqueen. Sus datos y sus conversaciones quedan como están.',
    failed: 'No se pudo: {{reason}}',
  },
  {
    actions: 'Actions of the customer {{name}}',
    take: 'Become their agent',
    dropOwn: 'Stop being their agent',
    drop: 'Leave without an agent of their own',
    give: 'Give them an agent',
    merge: 'Merge with another customer…',
    block: 'Block',
    unblock: 'Unblock',
    blockTitle: 'Block {{name}}',
    blockWords: 'What they write through any of their channels will reach nobody, until they are unblocked. Their data and their conversations stay as they are.',
    failed: 'It could not be done: {{reason}}',
  },
  {
    actions: 'Ações do cliente {{name}}',
    take: 'Ser seu agente',
    dropOwn: 'Deixar de ser seu agente',
    drop: 'Deixá-lo sem agente próprio',
    give: 'Atribuir-lhe um agente',
    merge: 'Unir com outro cliente…',
    block: 'Bloquear',
    unblock: 'Desbloquear',
    blockTitle: 'Bloquear {{name}}',
    blockWords: 'O que escrever por qualquer um de seus canais não chegará a ninguém, até que seja desbloqueado. Seus dados e suas conversas ficam como estão.',
    failed: 'Não foi possível: {{reason}}',
  },
);
